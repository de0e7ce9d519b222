"""How is a credential secured as a JSON Web Signature?"""
