"""What did an assessor find, criterion by criterion?"""
