"""What is said: dialogues as pure steps, the words people see, the form filler. Imports only `review`."""
