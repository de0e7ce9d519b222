"""Who turns assessed work into credentials?  The issuer service: one folder for each noun."""
