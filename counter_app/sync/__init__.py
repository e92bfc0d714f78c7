"""The line to the province, by the contract in ``resources/contract``: one module for each remote verb, and the pass over all of them."""
