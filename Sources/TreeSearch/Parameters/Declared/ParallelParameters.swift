extension SearchParameters {
  static let parallelParameters = [workers, virtualLoss]

  static let workers = Parameter(
    id: "search.workers", domain: .integer(1...256), fallback: .integer(1),
    help: "Simulations under way at once; with 1 the seed determines the run.", citation: "–")
  static let virtualLoss = Parameter(
    id: "search.virtualLoss", domain: .integer(0...100), fallback: .integer(1),
    help: "Visits without reward that a simulation under way counts as along its path.",
    citation: "Chaslot, Winands & van den Herik, 2008")
}
