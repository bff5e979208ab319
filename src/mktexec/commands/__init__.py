"""The commands, one file each; they fetch, hand over, and write, and compute nothing."""
