### The talk about links and orders.
