"""The four dashboards and the explore, in the browser, over the marts."""
