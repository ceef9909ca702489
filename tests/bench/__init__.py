"""How fast the site is: measured beside a yardstick on the same machine in the same run, for only ratios carry over."""
