module harbour.example/bank
