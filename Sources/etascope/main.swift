print("etascope")
