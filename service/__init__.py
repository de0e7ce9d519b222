"""What do both services stand on?

Guarded fetching (the only way out to a stranger's address), problem details, headers, logs,
metrics, limits, settings, the clock, health, and the shared look.
"""
