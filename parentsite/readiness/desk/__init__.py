"""The staff's pages at school start: the daycare writes and answers; schools and after-school care (BFO) read."""
