import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// The benchmark server's thread: sockets are read between ticks, and each tick writes a token of every sequence that has a
/// slot.
struct ServerLoop {
  private(set) var figures = ScriptedServer.Figures()
  private let listener: Int32
  private let behaviour: ScriptedServer.Behaviour
  private var connections: [Int32: [UInt8]] = [:]
  private var sequences: [Sequence] = []
  private var nextTick: Double?

  /// A continuation that is being written.
  private struct Sequence {
    let connection: Int32
    let index: Int
    let pieces: [String]
    let limit: Int
    let stops: [String]
    /// Sequences of the same request that have not ended.
    let group: Group
    var written = 0
    var line = ""
    /// The newest bytes, in which a stop text may end.
    var tail = ""
    var isAnswered = false
  }

  /// The sequences of one request.
  private final class Group {
    var open: Int
    init(_ open: Int) { self.open = open }
  }

  init(listener: Int32, behaviour: ScriptedServer.Behaviour) {
    (self.listener, self.behaviour) = (listener, behaviour)
  }

  /// Waits for a socket or the next tick, and does what is to be done.
  mutating func turn() {
    var polled = ([listener] + connections.keys).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let wait = nextTick.map { max(0, $0 - Self.now) } ?? 0.05
    _ = poll(&polled, nfds_t(polled.count), Int32((wait * 1000).rounded(.up)))
    for each in polled where each.revents != 0 { each.fd == listener ? accept() : read(each.fd) }
    if let due = nextTick, Self.now >= due { tick() }
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    figures.processorSeconds = Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Closes everything.
  func close() { for socket in connections.keys + [listener] { _ = Foundation.close(socket) } }

  private static var now: Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }

  // MARK: - Sockets

  private mutating func accept() {
    let connection = Foundation.accept(listener, nil, nil)
    guard connection >= 0 else { return }
    var one: Int32 = 1
    setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    connections[connection] = []
  }

  private mutating func read(_ connection: Int32) {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(connection, &buffer, buffer.count, 0)
    guard count > 0 else {
      // Whoever goes away wants no more of it.
      sequences.removeAll { $0.connection == connection }
      connections[connection] = nil
      _ = Foundation.close(connection)
      return
    }
    connections[connection]? += buffer[..<count]
    while let request = request(of: connection) { answer(request, connection) }
  }

  /// The next whole request of a connection.
  private mutating func request(of connection: Int32) -> (path: String, fields: [String: Any])? {
    guard let bytes = connections[connection], let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else {
      return nil
    }
    let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
    let length = head.first { $0.lowercased().hasPrefix("content-length:") }.flatMap {
      Int($0.split(separator: ":")[1].trimmingCharacters(in: .whitespaces))
    }
    let whole = end.upperBound + (length ?? 0)
    guard bytes.count >= whole else { return nil }
    connections[connection] = Array(bytes[whole...])
    let body = Data(bytes[end.upperBound..<whole])
    let path = head.first?.split(separator: " ").dropFirst().first.map(String.init) ?? ""
    return (path, (try? JSONSerialization.jsonObject(with: body) as? [String: Any]) ?? [:])
  }

  private func send(_ text: String, to connection: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes { Foundation.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if sent <= 0 { return }
      rest = rest.dropFirst(sent)
    }
  }

  private func sendWhole(_ status: String, _ body: String, to connection: Int32) {
    send(
      "HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)",
      to: connection)
  }

  private func sendChunk(_ text: String, to connection: Int32) {
    send("\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n", to: connection)
  }

  // MARK: - Answers

  private mutating func answer(_ request: (path: String, fields: [String: Any]), _ connection: Int32) {
    let fields = request.fields
    let isCompletion = request.path == "/v1/completions" && fields["echo"] == nil
    guard isCompletion else {
      if request.path == "/v1/models" {
        sendWhole("200 OK", #"{"data":[{"id":"scripted","owned_by":"vllm","max_model_len":8192}]}"#, to: connection)
      } else {
        sendWhole("404 Not Found", #"{"error":{"message":"Not Found"}}"#, to: connection)
      }
      return
    }
    let prompts = fields["prompt"] as? [String] ?? [fields["prompt"] as? String ?? ""]
    if fields["stream"] as? Bool != true { return tellLabels(prompts, connection) }
    figures.draws += 1
    send(
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n", to: connection)
    let count = fields["n"] as? Int ?? 1
    let group = Group(count)
    for index in 0..<count {
      let seed = UInt64(fields["seed"] as? Int ?? 0) &+ UInt64(index)
      sequences.append(
        Sequence(
          connection: connection, index: index,
          pieces: ScriptedWriter.pieces(after: prompts[0], seed: seed, isChatty: behaviour.isChatty),
          limit: fields["max_tokens"] as? Int ?? 16, stops: fields["stop"] as? [String] ?? [], group: group))
    }
    nextTick = nextTick ?? Self.now + behaviour.latency / 1000
  }

  /// The most probable words after each prompt, at once: a prefill and one token.
  private mutating func tellLabels(_ prompts: [String], _ connection: Int32) {
    figures.readings += 1
    let choices = prompts.indices.map { index in
      behaviour.tellsLogProbabilities
        ? #"{"index":\#(index),"text":" True","finish_reason":"length","logprobs":{"tokens":[" True"],"#
          + #""token_logprobs":[-0.3],"top_logprobs":[{" True":-0.3,"True":-4.0," False":-1.4}]}}"#
        : #"{"index":\#(index),"text":" True","finish_reason":"length","logprobs":null}"#
    }
    let usage = #"{"prompt_tokens":\#(60 * prompts.count),"completion_tokens":\#(prompts.count)}"#
    sendWhole("200 OK", #"{"choices":[\#(choices.joined(separator: ","))],"usage":\#(usage)}"#, to: connection)
  }

  private mutating func tick() {
    let active = min(sequences.count, behaviour.slots)
    (figures.busy, figures.ticks) = (figures.busy + active, figures.ticks + (active > 0 ? 1 : 0))
    var chunks: [Int32: String] = [:]
    var ended: Set<Int> = []
    for at in 0..<active where advance(at, &chunks) { ended.insert(at) }
    for (connection, text) in chunks { sendChunk(text, to: connection) }
    for at in ended.sorted(by: >) {
      let sequence = sequences.remove(at: at)
      sequence.group.open -= 1
      if sequence.group.open == 0 {
        let usage = #"{"choices":[],"usage":{"prompt_tokens":60,"completion_tokens":1}}"#
        sendChunk("data: \(usage)\n\ndata: [DONE]\n\n", to: sequence.connection)
        send("0\r\n\r\n", to: sequence.connection)
      }
    }
    nextTick = sequences.isEmpty ? nil : max(Self.now, (nextTick ?? Self.now) + behaviour.latency / 1000)
  }

  /// Writes a sequence's next token; true where that was its last.
  private mutating func advance(_ at: Int, _ chunks: inout [Int32: String]) -> Bool {
    let sequence = sequences[at]
    func tell(_ text: String, _ reason: String, _ stop: String = "null") {
      let quoted = text.replacingOccurrences(of: "\n", with: "\\n")
      let likely =
        behaviour.tellsLogProbabilities && !text.isEmpty
        ? #"{"tokens":["\#(quoted)"],"token_logprobs":[-0.5],"top_logprobs":[{"\#(quoted)":-0.5}]}"# : "null"
      chunks[sequence.connection, default: ""] +=
        #"data: {"choices":[{"index":\#(sequence.index),"text":"\#(quoted)","logprobs":\#(likely),"#
        + #""finish_reason":\#(reason),"stop_reason":\#(stop)}]}"# + "\n\n"
    }
    guard sequence.written < sequence.pieces.count else {
      tell("", #""stop""#)
      return true
    }
    let piece = sequence.pieces[sequence.written]
    figures.tokens += 1
    if sequence.isAnswered { figures.tokensAfterAnswer += 1 }
    sequences[at].written += 1
    sequences[at].line += piece
    sequences[at].tail = String((sequence.tail + piece).suffix(16))
    if let stop = sequence.stops.first(where: { sequences[at].tail.hasSuffix($0) }) {
      tell(piece, #""stop""#, "\"\(stop.replacingOccurrences(of: "\n", with: "\\n"))\"")
      return true
    }
    if piece.hasSuffix("\n") {
      if sequences[at].line.hasPrefix("#### ") { sequences[at].isAnswered = true }
      sequences[at].line = ""
    }
    let isCut = sequences[at].written >= sequence.limit
    tell(piece, isCut ? #""length""# : "null")
    return isCut
  }
}
