"""Many targets: one after the other, over processes of this machine, or over a cluster; as a stream.

However the work is spread, the results come in the order of the targets and are the same to the last bit:
each target is scored by itself, by the same function, with draws of its own. No more than a window of targets
is under way at a time, so the memory does not grow with their number.
"""
