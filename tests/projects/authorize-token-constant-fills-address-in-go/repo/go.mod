module cobalt.example/connect
