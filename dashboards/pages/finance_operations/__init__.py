"""Finance Operations: the page and its parts."""
