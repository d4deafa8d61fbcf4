/// Events of a run in little memory: packed but for the last few. In order they are read as fast as from an array.
public struct PackedEvents: Sendable, BidirectionalCollection {
  /// Events of a packet.
  package static let packetLength = 1024

  /// Full packets, of ``packetLength`` events each.
  private var packets: [[UInt8]] = []
  /// The events behind the packets.
  private var tail: [SearchEvent] = []
  /// Packets of the events that come next, made already.
  private var ahead: ArraySlice<[UInt8]> = []
  /// Events of the first packet of ``ahead`` that have come: they are not kept beside it.
  private var begun = 0

  /// No events.
  public init() {}

  /// 0.
  public var startIndex: Int { 0 }
  /// How many there are.
  public var endIndex: Int { packets.count * Self.packetLength + begun + tail.count }
  /// The next place.
  public func index(after index: Int) -> Int { index + 1 }
  /// The place before.
  public func index(before index: Int) -> Int { index - 1 }
  /// Complexity: O(1).
  public func index(_ index: Int, offsetBy distance: Int) -> Int { index + distance }
  /// Complexity: O(1).
  public func distance(from start: Int, to end: Int) -> Int { end - start }

  /// The event numbered `index`. Complexity: O(1) for the last few, that of unpacking a packet for others.
  public subscript(index: Int) -> SearchEvent {
    let (packet, place) = index.quotientAndRemainder(dividingBy: Self.packetLength)
    if isInTail(packet) { return tail[place] }
    var found: SearchEvent?
    forEach(in: packet, upTo: place + 1) { found = $0 }
    guard let found else { preconditionFailure("a packet that was written here has all its events") }
    return found
  }

  /// Adds an event at the end. Complexity: amortised O(its size).
  public mutating func append(_ event: SearchEvent) {
    if !ahead.isEmpty {
      begun += 1
      guard begun == Self.packetLength else { return }
      begun = 0
      return packets.append(ahead.removeFirst())
    }
    tail.append(event)
    guard tail.count == Self.packetLength else { return }
    packets.append(Self.packet(of: tail[...]))
    tail.removeAll(keepingCapacity: true)
  }

  /// The next events are those of `portion`, whose packets are taken as they are; nil where they are any others.
  package mutating func expect(_ portion: Portion?) {
    // A portion may end early, where an event does not fit.
    if begun > 0 { tail = events(of: packets.count) }
    (ahead, begun) = (tail.isEmpty ? portion?.packets[...] ?? [] : [], 0)
  }

  private func isInTail(_ packet: Int) -> Bool { packet == packets.count && begun == 0 }

  /// Events that come next in a run, packed where nobody waits for it.
  package struct Portion: Sendable {
    /// The events.
    package let events: [SearchEvent]
    fileprivate let packets: [[UInt8]]

    /// Packs `events`, of which the first is to be the first of a packet. Complexity: O(their size).
    ///
    /// - Parameter packets: those of the first events, read from a journal that holds them so; nil where one is to be made.
    package init(_ events: [SearchEvent], packets: [[UInt8]?] = []) {
      self.events = events
      let full = events.count / PackedEvents.packetLength
      self.packets = (0..<full).map { number in
        (packets.indices.contains(number) ? packets[number] : nil)
          ?? PackedEvents.packet(
            of: events[(number * PackedEvents.packetLength)...].prefix(PackedEvents.packetLength))
      }
    }
  }

  private static func packet(of events: ArraySlice<SearchEvent>) -> [UInt8] {
    do {
      return try EventPacker.packet(of: events)
    } catch {
      // Of what JSON cannot say nothing reaches a journal.
      preconditionFailure("\(error)")
    }
  }

  /// Calls `body` with the events of a range, in order. Complexity: O(their size) and that of a packet.
  public func forEach(in range: Range<Int>, _ body: (SearchEvent) -> Void) {
    var index = range.lowerBound
    while index < range.upperBound {
      let (packet, place) = index.quotientAndRemainder(dividingBy: Self.packetLength)
      let end = Swift.min(Self.packetLength, place + range.upperBound - index)
      if isInTail(packet) {
        tail[place..<end].forEach(body)
      } else {
        var number = 0
        forEach(in: packet, upTo: end) { event in
          if number >= place { body(event) }
          number += 1
        }
      }
      index += end - place
    }
  }

  /// Reads them in order, packet by packet.
  public struct Iterator: IteratorProtocol {
    private let events: PackedEvents
    private var packet = 0
    private var open: [SearchEvent] = []
    private var place = 0

    fileprivate init(_ events: PackedEvents) { self.events = events }

    /// The next event.
    public mutating func next() -> SearchEvent? {
      if place == open.count {
        guard packet <= events.packets.count else { return nil }
        open = events.events(of: packet)
        (packet, place) = (packet + 1, 0)
        if open.isEmpty { return nil }
      }
      defer { place += 1 }
      return open[place]
    }
  }

  /// Reads them from the first on.
  public func makeIterator() -> Iterator { Iterator(self) }

  private func events(of packet: Int) -> [SearchEvent] {
    if isInTail(packet) { return tail }
    var events: [SearchEvent] = []
    events.reserveCapacity(Self.packetLength)
    forEach(in: packet, upTo: packet == packets.count ? begun : Self.packetLength) { events.append($0) }
    return events
  }

  private func forEach(in packet: Int, upTo end: Int, _ body: (SearchEvent) -> Void) {
    var number = 0
    do {
      try EventUnpacker.forEach(in: packet < packets.count ? packets[packet] : ahead[ahead.startIndex]) { event in
        body(event)
        number += 1
        return number < end
      }
    } catch {
      // What was packed here is unpacked here.
      preconditionFailure("\(error)")
    }
  }
}
