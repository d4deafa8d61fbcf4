import Critics
import Testing
import Vocabulary

/// Units and dates, worked out by hand.
struct FactToolTests {
  private func kinds(_ tool: any Tool, _ steps: [String]) async throws -> [ToolFinding.Kind] {
    var found: [ToolFinding.Kind] = []
    for step in steps {
      let state = JudgedState(question: "?", tokens: [], optionTexts: [step], isComplete: false)
      guard case .applies = tool.application(to: state) else {
        found.append(.unsure)
        continue
      }
      found.append(try await tool.check(state).kind)
    }
    return found
  }

  private func expect(
    _ tool: any Tool, _ kind: ToolFinding.Kind, _ steps: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    for (step, found) in zip(steps, try await kinds(tool, steps)) {
      #expect(found == kind, "\(step)", sourceLocation: sourceLocation)
    }
  }

  @Test func conversionsByExactFactors() async throws {
    try await expect(
      UnitsTool(), .holds,
      [
        "3 feet = 36 inches\n", "1 hour 30 minutes = 90 minutes\n", "1 hour and 30 minutes is 90 minutes.\n",
        "2.5 km is 2500 m, so she walks 2500 m.\n", "So 1,760 yards = 1 mile.\n", "2 pounds = 32 ounces\n",
        "3 gallons = 48 cups\n", "1 inch = 2.54 cm\n", "5 miles = 8.05 km\n", "2 weeks = 14 days\n",
        "He has 3 dollars = 300 cents.\n", "2 * 18 inches = 36 inches = 3 feet\n",
      ])
    try await expect(
      UnitsTool(), .refuted,
      [
        "3 feet = 30 inches\n", "1 hour = 90 minutes\n", "2.5 km is 250 m.\n", "2 pounds = 30 ounces\n",
        "3 gallons = 24 cups\n", "5 miles = 8.5 km\n", "1 hour 30 minutes = 130 minutes\n",
      ])
  }

  @Test func whatItDoesNotKnowItLeavesAlone() async throws {
    try await expect(
      UnitsTool(), .unsure,
      [
        "2 * 3 feet = 6 feet\n",  // the first quantity is a factor
        "3 feet = 12 inches * 3\n", "5 km = 3 hours\n", "5 miles = 8 km\n",  // nearly
        "1 hour is 30 minutes longer than that\n", "3 apples = 4 apples\n", "60 km per hour = 1 km per minute\n",
        "2 cups = 1 liter\n",  // whose cups?
        "", "= 3 feet\n", "3 feet =\n", String(repeating: "9", count: 400) + " feet = 1 inch\n",
      ])
  }

  @Test func weekdaysOfDates() async throws {
    // 2000-01-01 was a Saturday; 2024-02-29 a Thursday, and 5 days later a Tuesday.
    try await expect(
      CalendarTool(), .holds,
      [
        "January 1, 2000 was a Saturday.\n", "2024-03-05 is a Tuesday\n", "The 5th of March 2024 falls on a Tuesday.\n",
        "Tuesday, March 5, 2024\n", "10 days after Monday is Thursday.\n", "3 days before Monday is Friday.\n",
        "3 weeks from Sunday is a Sunday.\n",
      ])
    try await expect(
      CalendarTool(), .refuted,
      [
        "January 1, 2000 was a Sunday.\n", "2024-03-05 is a Monday\n", "Monday, March 5, 2024\n",
        "10 days after Monday is Friday.\n", "February 30, 2024 is a Friday.\n",
      ])
  }

  @Test func durationsAndLeapYears() async throws {
    // 2024 is a leap year: February 25 + 4 = February 29, + 6 = March 6. January has 31 and February 29: 60 to March 1.
    try await expect(
      CalendarTool(), .holds,
      [
        "10 days after February 25, 2024 is March 6, 2024.\n", "2 weeks before 2024-01-10 is 2023-12-27\n",
        "From January 1, 2024 to March 1, 2024 there are 60 days.\n", "2024 is a leap year\n",
        "1900 was not a leap year\n", "2000 was a leap year\n", "February 2024 has 29 days\n",
      ])
    try await expect(
      CalendarTool(), .refuted,
      [
        "10 days after February 25, 2024 is March 7, 2024.\n", "From 2023-01-01 to 2023-03-01 is 60 days.\n",
        "1900 was a leap year\n", "2024 isn't a leap year\n", "February 2023 has 29 days\n",
      ])
    try await expect(
      CalendarTool(), .unsure,
      [
        "March 5, 1500 was a Tuesday\n", "She may have 2024 apples.\n", "Tom has 3 + 4 = 7 apples.\n",
        "Tuesday comes after Monday\n", "March 5, 2024\n", "",
      ])
  }

  @Test func theyAreOfUseWhereTheQuestionIsAboutTheirMatter() {
    func useful(_ question: String) -> [String] {
      let checks = ProblemChecks(Problem(id: "p", question: question))
      return ["units", "calendar"].filter {
        CriticRegistry.standard.isUseful($0, for: checks, policyWritesCode: false)
      }
    }
    #expect(useful("How many inches are 3 feet?") == ["units"])
    #expect(useful("Which day is 10 days after March 5, 2024?") == ["units", "calendar"])
    #expect(useful("Is 1900 a leap year?") == ["calendar"])
    #expect(useful("Tom has 3 apples and may buy 4 more. How many apples has he?").isEmpty)
  }

  @Test func noTextKeepsThemBusy() async throws {
    var random = SplitMix(seed: 20)
    let parts = [
      "3", "feet", "=", "is", ",", "March", "2024", "-", "after", "days", "Monday", "\n", "é", "\u{1B}[2J", "1,000",
    ]
    for _ in 0..<2000 {
      let text = (0..<random.below(40)).map { _ in parts[random.below(parts.count)] }.joined(separator: " ")
      for tool in [UnitsTool(), CalendarTool()] as [any Tool] {
        let finding = try await tool.check(
          JudgedState(question: "?", tokens: [], optionTexts: [text], isComplete: false))
        #expect(!finding.note.unicodeScalars.contains { $0.value < 32 }, "seed 20: \(finding.note.debugDescription)")
      }
    }
  }
}
