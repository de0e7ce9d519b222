"""Is this credential genuine, who stands behind it, and is it still valid?

Inputs → resolve → checks → verdict → sentences.  The verifier trusts nothing from the issuer
and shares nothing with it.
"""
