"""What does a credential say?

Contexts, JSON Schemas and typed models of Verifiable Credentials 2.0 and Open Badges 3.0.
No network, ever; the only files read are the ones in this package.
"""
