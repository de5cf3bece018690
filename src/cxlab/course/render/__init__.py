"""Pages and slides of executed lessons, and the site around them.

Each page is one file that opens with the network off; each is a pure function of an
executed notebook, the register and what stands around it.
"""
