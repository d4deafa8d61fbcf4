/// Finds out which fields of requests a server takes.
struct FieldProbe {
  private let endpoint: ServerEndpoint
  private let probe: DrawProbe

  init(_ endpoint: ServerEndpoint, _ probe: DrawProbe) {
    self.endpoint = endpoint
    self.probe = probe
  }

  /// Draws; what the server refuses is left out, one field after the other: the one that it names, else by trying.
  ///
  /// - Throws: the first refusal where nothing helps.
  func settle(_ can: inout ServerAbilities) async throws -> DrawProbe.Drawn {
    var first: ServerError?
    var tried: [RequestField] = []
    for _ in 0...RequestField.allCases.count {
      do {
        let drawn = try await probe.draw(can)
        return tried.isEmpty ? drawn : try await restored(tried, &can) ?? drawn
      } catch let error as ServerError where Self.mayBeAField(error) {
        first = first ?? error
        if let field = error.field, can.sends(field) {
          can.drop(field)
          continue
        }
        // A path that is not there takes nothing.
        if error.isOfPath, error.reason != .shape { throw first ?? error }
        let next = RequestField.allCases.first { field in
          can.sends(field) && ![.keepsStop, .keepsStopToo, .count, .stop, .maximumCompletionTokens].contains(field)
        }
        guard let next else { throw first ?? error }
        // What OpenAI does not know is refused together.
        for field in RequestField.extras.contains(next) ? RequestField.extras : [next] where can.sends(field) {
          can.drop(field)
          tried.append(field)
        }
      }
    }
    throw first ?? endpoint.error(.rejected, "expected a continuation")
  }

  private static func mayBeAField(_ error: ServerError) -> Bool {
    [.rejected, .shape, .empty].contains(error.reason) || (error.reason == .failed && error.field != nil)
  }

  /// Sends again what was left out for nothing.
  private func restored(_ tried: [RequestField], _ can: inout ServerAbilities) async throws -> DrawProbe.Drawn? {
    var last: DrawProbe.Drawn?
    // The one left out last was the one that mattered.
    for field in tried.dropLast() where !RequestField.extras.contains(field) {
      var more = can
      more.restore(field)
      do {
        last = try await probe.draw(more)
        can = more
      } catch let error as ServerError where Self.mayBeAField(error) {}
    }
    return last
  }
}
