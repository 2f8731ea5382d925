"""Who asks, behind a proxy with a login; and what is answered without one."""
