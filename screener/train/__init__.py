"""From a labelled corpus to a model: read, split by author and campaign, fit, evaluate, publish."""
