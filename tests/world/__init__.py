"""What the tests share: sample credentials, signers, servers on loopback."""
