// What a list says, entry by entry; and that no change to it goes untold.
#include "verifier/trust/outline.h"

#include "tests/unit/trust/fixture.h"

namespace heyan::trust::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// "changed key court/2025: validUntil [a] -> [b]"; one line a fact, or one where it has none.
std::vector<std::string> lines_of(const v1::TrustComparison& comparison) {
  const auto joined = [](const auto& values) {
    std::string all;
    for (const std::string& value : values) all += (all.empty() ? "" : ", ") + value;
    return all;
  };
  std::vector<std::string> lines;
  for (const v1::TrustChange& change : comparison.changes()) {
    const std::string what = change.change() == v1::TRUST_CHANGE_ADDED     ? "added "
                             : change.change() == v1::TRUST_CHANGE_REMOVED ? "removed "
                                                                           : "changed ";
    const std::string name =
        what + change.kind() + " " + (change.of().empty() ? "" : change.of() + "/") + change.id();
    if (change.facts().empty()) lines.push_back(name);
    for (const v1::TrustFactChange& fact : change.facts()) {
      std::string line = name;
      line +=
          ": " + fact.name() + " [" + joined(fact.before()) + "] -> [" + joined(fact.after()) + "]";
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

class OutlineTest : public TrustTest {
 protected:
  v1::TrustOutline told() {
    EXPECT_THAT(defects(), IsEmpty());
    const auto list = parse();
    return list ? outline(*list, core::as_text(files_["list.toml"])) : v1::TrustOutline();
  }
  // From the list of the fixture to what it has become.
  std::vector<std::string> changes() {
    const core::Bytes now = files_["list.toml"];
    set(kList);
    const v1::TrustOutline before = told();
    files_["list.toml"] = now;
    return lines_of(compare(before, told()));
  }
  // `from` in the text of the list becomes `to`: what is told of that.
  std::vector<std::string> after(std::string_view from, std::string_view to) {
    set(kList);
    replace(from, to);
    return changes();
  }
};

TEST_F(OutlineTest, TellsWhoIsTrustedUntilWhen) {
  const v1::TrustOutline told = OutlineTest::told();
  EXPECT_EQ(told.id(), "test");
  EXPECT_EQ(told.version(), 3);
  EXPECT_EQ(told.digest().size(), 32u);
  std::vector<std::string> names;
  for (const v1::TrustEntry& entry : told.entries())
    names.push_back(entry.kind() + " " + entry.of());
  EXPECT_THAT(names, ElementsAre("institution ", "key court", "ca court", "institution ",
                                 "institution ", "quorum ", "ledger ", "time-authority ", "file ",
                                 "file ", "file ", "file "));
  const v1::TrustEntry& key = told.entries(1);
  EXPECT_EQ(key.id(), "2025");
  std::vector<std::string> facts;
  for (const v1::TrustFact& fact : key.facts()) facts.push_back(fact.name() + " " + fact.values(0));
  EXPECT_THAT(facts,
              ElementsAre("algorithm ed25519", "validFrom 2025-01-01T00:00:00Z",
                          "validUntil 2028-01-01T00:00:00Z", ::testing::StartsWith("sha256 ")));
  const v1::TrustEntry& ca = told.entries(2);
  EXPECT_EQ(ca.id().size(), 64u);
  EXPECT_THAT(ca.facts(), SizeIs(5));
}

TEST_F(OutlineTest, FindsNoChangeWhereThereIsNone) {
  EXPECT_THAT(changes(), IsEmpty());
  // Nor in words that nobody reads.
  set("# a remark\n" + kList);
  EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(OutlineTest, TellsEveryKindOfChange) {
  EXPECT_THAT(after("valid_until = 2028-01-01T00:00:00Z", "valid_until = 2030-01-01T00:00:00Z"),
              ElementsAre("changed key court/2025: validUntil [2028-01-01T00:00:00Z] -> "
                          "[2030-01-01T00:00:00Z]"));
  EXPECT_THAT(after("  valid_until = 2028-01-01T00:00:00Z\n", ""),
              ElementsAre("changed key court/2025: validUntil [2028-01-01T00:00:00Z] -> []"));
  EXPECT_THAT(after("keys/ed25519.pem", "keys/ed25519-b.pem"),
              Contains(::testing::StartsWith("changed key court/2025: sha256 [")));
  EXPECT_THAT(
      after(R"(, "某公司"])", "]"),
      ElementsAre("changed institution court: linkedParties [91110108551385082Q, 某公司] -> "
                  "[91110108551385082Q]"));
  EXPECT_THAT(after("at_least = 2", "at_least = 1"),
              ElementsAre("changed quorum two-of-three: atLeast [2] -> [1]"));
  EXPECT_THAT(after("must_include_kinds = [\"court\"]\n", ""),
              ElementsAre("changed quorum two-of-three: mustIncludeKinds [court] -> []"));
  EXPECT_THAT(after("class = \"licensed-ca\"", "class = \"private\""),
              ElementsAre("changed time-authority court: class [licensed-ca] -> [private]"));
  EXPECT_THAT(after("  crl = [\"ca/court.crl\"]\n", ""),
              Contains(::testing::HasSubstr("revocationLists")));
  EXPECT_THAT(after("kind = \"notary\"", "kind = \"platform\""),
              ElementsAre("changed institution notary: kind [notary] -> [platform]"));
}

TEST_F(OutlineTest, TellsTheSettingsOfALedgerThatOnlyItsFolderUnderstands) {
  EXPECT_THAT(after("channel = \"evidence\"", "channel = \"other\""),
              ElementsAre("changed ledger main: demo.channel [evidence] -> [other]"));
  EXPECT_THAT(after("CourtMSP = \"court\"", "CourtMSP = \"notary\""),
              ElementsAre("changed ledger main: demo.member.CourtMSP [court] -> [notary]"));
  EXPECT_THAT(after("\"sm3\" = \"/what/sm3\"", "\"sm3\" = \"/what\""),
              ElementsAre("changed ledger main: record.digest.sm3 [/what/sm3] -> [/what]"));
  // A name with a dot is not a table with a member.
  EXPECT_THAT(after("ANotaryMSP = \"notary\"", "\"A.MSP\" = \"notary\""),
              ElementsAre("changed ledger main: demo.member.\"A.MSP\" [] -> [notary]",
                          "changed ledger main: demo.member.ANotaryMSP [notary] -> []"));
}

TEST_F(OutlineTest, TellsTheSettingsOfALedgerThatThisBuildDoesNotHave) {
  const std::string later =
      "\n[[ledger]]\nid = \"later\"\nformat = \"ccf\"\n  [ledger.ccf]\n  anything = 1\n  none = "
      "[]\n";
  append(later);
  EXPECT_THAT(changes(), ElementsAre("added ledger later: id [] -> [later]",
                                     "added ledger later: format [] -> [ccf]",
                                     "added ledger later: ccf.anything [] -> [1]",
                                     "added ledger later: ccf.none [] -> [[]]"));
}

TEST_F(OutlineTest, TellsValuesOfKindsThatNoSettingHas) {
  append(
      "\n[[ledger]]\nid = \"later\"\nformat = \"ccf\"\n  [ledger.ccf]\n  a = 1.5\n  b = [07:32:00, "
      "07:32:00.5]\n  c = 1979-05-27T07:32:00\n  d = 1979-05-27\n  e = [nan, -inf, 1e100, "
      "0.1]\n");
  EXPECT_THAT(
      changes(),
      ElementsAre("added ledger later: id [] -> [later]", "added ledger later: format [] -> [ccf]",
                  "added ledger later: ccf.a [] -> [float 1.5]",
                  "added ledger later: ccf.b [] -> [local time 07:32:00.000000000, local "
                  "time 07:32:00.500000000]",
                  "added ledger later: ccf.c [] -> [local time 1979-05-27 "
                  "07:32:00.000000000]",
                  "added ledger later: ccf.d [] -> [1979-05-27T00:00:00Z]",
                  "added ledger later: ccf.e [] -> [float nan, float -inf, float 1e+100, "
                  "float 0.1]"));
}

TEST_F(OutlineTest, TellsSuchValuesApart) {
  const std::string ledger = "\n[[ledger]]\nid = \"later\"\nformat = \"ccf\"\n[ledger.ccf]\na = ";
  const auto told_of = [&](const std::string& value) {
    set(kList);
    append(ledger + value + "\n");
    return told();
  };
  const std::vector<std::string> values = {"1.5",
                                           "1.5000000000000002",
                                           "\"1.5\"",
                                           "07:32:00",
                                           "07:32:00.000000001",
                                           "\"07:32:00\"",
                                           "1979-05-27T07:32:00",
                                           "1979-05-28T07:32:00",
                                           "1979-05-27T07:32:01"};
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = 0; j < values.size(); ++j) {
      EXPECT_EQ(lines_of(compare(told_of(values[i]), told_of(values[j]))).empty(), i == j)
          << values[i] << " / " << values[j];
    }
  }
}

TEST_F(OutlineTest, TellsWhatComesAndWhatGoes) {
  const std::string more = "\n[[institution]]\nid = \"new\"\nkind = \"other\"\n";
  append(more);
  EXPECT_THAT(changes(), Contains("added institution new: kind [] -> [other]"));
  set(kList);
  const v1::TrustOutline before = told();
  append(more);
  const v1::TrustOutline with_more = told();
  EXPECT_THAT(lines_of(compare(with_more, before)),
              Contains("removed institution new: kind [other] -> []"));
}

TEST_F(OutlineTest, TellsAFileThatIsAnotherUnderTheSameName) {
  const v1::TrustOutline before = told();
  files_["blocks/0.pb"] = core::to_bytes(std::string_view("another"));
  EXPECT_THAT(lines_of(compare(before, told())),
              ElementsAre(::testing::StartsWith("changed file blocks/0.pb: sha256 [")));
}

TEST_F(OutlineTest, LosesNoDifferenceBehindTheEndOfALongText) {
  const std::string prefix(3'000, 'x');
  set(kList);
  replace("channel = \"evidence\"", "channel = \"" + prefix + "1\"");
  const v1::TrustOutline before = told();
  set(kList);
  replace("channel = \"evidence\"", "channel = \"" + prefix + "2\"");
  EXPECT_THAT(lines_of(compare(before, told())), SizeIs(1));
}

TEST_F(OutlineTest, TellsEntriesOfOneNameApart) {
  const std::string second = "\n[[tsa]]\ninstitution = \"court\"\nclass = \"private\"\n";
  append(second);
  EXPECT_THAT(changes(), ElementsAre("added time-authority court: class [] -> [private]"));
}

// What nobody reads, nobody refused.
TEST_F(OutlineTest, ShowsNoControlCharacters) {
  append(
      "\n[[ledger]]\nid = \"later\"\nformat = \"ccf\"\n  [ledger.ccf]\n  \"a\\u202E\" = "
      "\"\\u202Ecod\"\n");
  EXPECT_THAT(changes(), Contains("added ledger later: ccf.\"a⟨U+202E⟩\" [] -> [⟨U+202E⟩cod]"));
}

}  // namespace
}  // namespace heyan::trust::testing
