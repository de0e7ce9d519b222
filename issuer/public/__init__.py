"""What may anybody read without a login?

Pages and documents that a stranger's phone, a verifier or a crawler asks for: all of them are
reads, all of them can be cached, and none of them tells a private thing from an absent one.
"""
