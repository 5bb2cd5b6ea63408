// Whole items from attestations onward: further combinations as data (scenarios.tsv beside this
// file), and every pair and triple of columns against the rules of the report, written down once
// more.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/vectors/report_scenario.h"

namespace heyan {
namespace {

using vectors::Scenario;
using vectors::ScenarioRow;

ScenarioRow good_row() {
  return {{"file", "complete"},
          {"hash_agree", "yes"},
          {"custody", "continuous"},
          {"selftest", "pass"},
          {"record", "found"},
          {"chain_fresh", "yes"},
          {"match", "equal"},
          {"hash_alg", "ok"},
          {"inclusion", "valid"},
          {"checkpoint", "consistent"},
          {"quorum_required", "3"},
          {"sigs_valid", "4"},
          {"sigs_valid_unrelated", "4"},
          {"sig_invalid", "0"},
          {"cert_issue", "none"},
          {"time_source", "tsa"},
          {"who", "ok"},
          {"what", "ok"},
          {"when", "ok"},
          {"where", "ok"},
          {"parser", "ok"}};
}

using Change = std::pair<std::string, std::string>;

// Every value of every column that is a problem or otherwise differs from the good row.
std::vector<Change> all_changes() {
  return {{"file", "truncated"},
          {"hash_agree", "no"},
          {"custody", "gap"},
          {"selftest", "fail"},
          {"record", "none"},
          {"record", "unknown-id"},
          {"record", "unreachable"},
          {"chain_fresh", "no"},
          {"match", "different"},
          {"match", "matches-other-record"},
          {"hash_alg", "weak-no-poe"},
          {"hash_alg", "unsupported"},
          {"inclusion", "invalid"},
          {"inclusion", "missing"},
          {"inclusion", "malformed"},
          {"checkpoint", "fork"},
          {"quorum_required", "5"},
          {"sigs_valid_unrelated", "2"},
          {"sig_invalid", "1"},
          {"cert_issue", "expired-since"},
          {"cert_issue", "expired-at-signing"},
          {"cert_issue", "revoked-before"},
          {"cert_issue", "revoked-no-poe"},
          {"cert_issue", "not-listed"},
          {"cert_issue", "status-unavailable"},
          {"time_source", "node-clock"},
          {"who", "mismatch"},
          {"what", "mismatch"},
          {"when", "mismatch"},
          {"where", "mismatch"},
          {"parser", "terminated"}};
}

// The eight rules, on the words of the columns.
std::string by_the_rules(const ScenarioRow& row) {
  const auto is = [&](const char* column, const char* value) { return row.at(column) == value; };
  if (is("file", "truncated") || is("hash_agree", "no") || is("custody", "gap") ||
      is("selftest", "fail")) {
    return "NOT_COMPLETED";
  }
  if (is("record", "unreachable")) return "NOT_COMPLETED";
  const bool proof = is("inclusion", "valid") || is("inclusion", "invalid");
  if (is("inclusion", "invalid") || (proof && !is("match", "equal"))) return "INCONSISTENT";
  const int required = std::stoi(row.at("quorum_required"));
  const bool quorum = std::stoi(row.at("sigs_valid")) >= required;
  if (is("checkpoint", "fork") && quorum) return "INCONCLUSIVE";
  if (!is("record", "found")) return is("chain_fresh", "yes") ? "NOT_FOUND" : "INCONCLUSIVE";
  if (!quorum || !proof || !is("hash_alg", "ok")) {
    return "INCONCLUSIVE";
  }
  const bool noted =
      std::stoi(row.at("sigs_valid_unrelated")) < required || !is("sig_invalid", "0") ||
      !(is("cert_issue", "none") || is("cert_issue", "expired-since")) ||
      is("time_source", "node-clock") || is("who", "mismatch") || is("what", "mismatch") ||
      is("when", "mismatch") || is("where", "mismatch") || is("parser", "terminated");
  return noted ? "CONSISTENT_WITH_NOTES" : "CONSISTENT";
}

std::string judged(const ScenarioRow& row) {
  Scenario scenario(row);
  return scenario.error().empty() ? std::string(catalogue::word(scenario.judge().verdict()))
                                  : scenario.error();
}

std::string shown(const std::vector<Change>& changes) {
  std::string text;
  for (const auto& [column, value] : changes) text += column + "=" + value + " ";
  return text;
}

TEST(Scenarios, PairsAndTriplesFollowTheRules) {
  const std::vector<Change> changes = all_changes();
  for (std::size_t a = 0; a < changes.size(); ++a) {
    for (std::size_t b = a; b < changes.size(); ++b) {
      for (std::size_t c = b; c < changes.size(); ++c) {
        ScenarioRow row = good_row();
        for (const std::size_t i : {a, b, c}) row[changes[i].first] = changes[i].second;
        ASSERT_EQ(judged(row), by_the_rules(row)) << shown({changes[a], changes[b], changes[c]});
      }
    }
  }
}

TEST(Scenarios, FurtherCombinations) {
  std::ifstream in(HEYAN_SOURCE "/tests/unit/judge/scenarios.tsv");
  std::string line;
  ASSERT_TRUE(std::getline(in, line));
  int rows = 0;
  while (std::getline(in, line)) {
    std::istringstream cells(line);
    std::string id;
    std::string differences;
    std::string verdict;
    std::string codes;
    ASSERT_TRUE(std::getline(cells, id, '\t') && std::getline(cells, differences, '\t') &&
                std::getline(cells, verdict, '\t'));
    std::getline(cells, codes, '\t');
    ScenarioRow row = good_row();
    std::istringstream words(differences);
    for (std::string word; words >> word;) {
      const std::size_t equals = word.find('=');
      ASSERT_TRUE(row.contains(word.substr(0, equals))) << id;
      row[word.substr(0, equals)] = word.substr(equals + 1);
    }
    Scenario scenario(row);
    ASSERT_EQ(scenario.error(), "") << id;
    const v1::ItemReport item = scenario.judge();
    EXPECT_EQ(catalogue::word(item.verdict()), verdict) << id;
    std::set<std::string> reported;
    std::set<std::string> effective;
    for (const v1::Finding& finding : item.findings()) {
      if (finding.code() == v1::REASON_NONE) continue;
      const std::string code(catalogue::entry(finding.code()).code);
      reported.insert(code);
      if (finding.effect() != v1::EFFECT_NONE) effective.insert(code);
    }
    std::set<std::string> expected;
    std::istringstream expected_words(codes);
    for (std::string code; expected_words >> code;) expected.insert(code);
    EXPECT_TRUE(std::ranges::includes(reported, expected)) << id;
    if (verdict.starts_with("CONSISTENT")) {
      EXPECT_EQ(effective, expected) << id;
    }
    ++rows;
  }
  EXPECT_GT(rows, 30);
}

TEST(Scenarios, EveryItemHasAllChecksInOrder) {
  for (const Change& change : all_changes()) {
    ScenarioRow row = good_row();
    row[change.first] = change.second;
    const v1::ItemReport item = Scenario(row).judge();
    ASSERT_EQ(item.checks_size(), 25);
    for (int i = 0; i < 25; ++i) EXPECT_EQ(item.checks(i).check(), catalogue::checks()[i].id);
    int last = 0;
    for (const v1::Finding& finding : item.findings()) {
      EXPECT_GE(finding.check(), last);
      last = finding.check();
      EXPECT_NE(finding.effect(), v1::EFFECT_UNSPECIFIED);
      EXPECT_NE(finding.outcome(), v1::OUTCOME_UNSPECIFIED);
    }
  }
}

TEST(Scenarios, RefuseWhatIsNoRow) {
  for (const auto& [column, value] : all_changes()) {
    ScenarioRow row = good_row();
    row[column] = "nonsense";
    EXPECT_NE(Scenario(row).error(), "") << column;
    row.erase(column);
    EXPECT_NE(Scenario(row).error(), "") << column;
  }
  ScenarioRow row = good_row();
  row["sigs_valid_unrelated"] = "5";
  EXPECT_NE(Scenario(row).error(), "");
}

TEST(Scenarios, OfflineCircumstancesAreNotAnObstacle) {
  Scenario scenario(good_row());
  scenario.circumstances().Clear();
  scenario.circumstances().set_submission_is_declared(true);
  const v1::ItemReport item = scenario.judge();
  EXPECT_EQ(item.verdict(), v1::VERDICT_CONSISTENT);
  for (const v1::CheckResult& result : item.checks()) {
    if (result.check() == v1::CHECK_REC_2 || result.check() == v1::CHECK_INC_2 ||
        result.check() == v1::CHECK_COC_1 || result.check() == v1::CHECK_RPT_1) {
      EXPECT_EQ(result.outcome(), v1::OUTCOME_NOT_APPLICABLE);
    }
    if (result.check() == v1::CHECK_QUO_2) {
      EXPECT_EQ(result.outcome(), v1::OUTCOME_DECLARED);
    }
  }
}

TEST(Scenarios, WithoutProofsThereIsNoConclusion) {
  Scenario scenario(good_row());
  scenario.attestations().clear();
  const v1::ItemReport item = scenario.judge();
  EXPECT_EQ(item.verdict(), v1::VERDICT_INCONCLUSIVE);
}

TEST(Scenarios, WhatAnotherProofLacksIsANoteBesideAnEstablishedOne) {
  ScenarioRow weak = good_row();
  weak["sigs_valid"] = "1";
  weak["sigs_valid_unrelated"] = "1";
  Scenario scenario(good_row());
  scenario.attestations().push_back(Scenario(weak).attestations().front());
  const v1::ItemReport item = scenario.judge();
  EXPECT_EQ(item.verdict(), v1::VERDICT_CONSISTENT_WITH_NOTES);
  EXPECT_EQ(item.attestations(0).outcome(), v1::OUTCOME_PASS);
  EXPECT_NE(item.attestations(1).outcome(), v1::OUTCOME_PASS);
  for (const v1::Finding& finding : item.findings()) {
    EXPECT_TRUE(finding.effect() == v1::EFFECT_NONE || finding.effect() == v1::EFFECT_NOTE);
  }
}

// A positive verdict rests on passes: the list of checks says so, whatever else is noted.
TEST(Scenarios, APositiveVerdictShowsItsPasses) {
  ScenarioRow weak = good_row();
  weak["inclusion"] = "malformed";
  Scenario scenario(good_row());
  scenario.attestations().push_back(Scenario(weak).attestations().front());
  v1::Finding& note = *scenario.attestations()[0].add_findings();
  note.set_check(v1::CHECK_REC_1);
  note.set_outcome(v1::OUTCOME_UNDETERMINED);
  note.set_code(v1::REASON_COMMIT_NOT_PROVEN);
  note.set_effect(v1::EFFECT_NOTE);
  const v1::ItemReport item = scenario.judge();
  EXPECT_EQ(item.verdict(), v1::VERDICT_CONSISTENT_WITH_NOTES);
  for (const v1::CheckResult& result : item.checks()) {
    EXPECT_EQ(result.outcome(), result.check() == v1::CHECK_PLT_1   ? v1::OUTCOME_NOT_APPLICABLE
                                : result.check() == v1::CHECK_PLT_2 ? v1::OUTCOME_NOT_APPLICABLE
                                                                    : v1::OUTCOME_PASS)
        << result.check();
  }
  // Where the verdict is not positive, what is open is shown as open.
  scenario.attestations().erase(scenario.attestations().begin());
  const v1::ItemReport open = scenario.judge();
  for (const v1::CheckResult& result : open.checks()) {
    if (result.check() == v1::CHECK_INC_1) {
      EXPECT_EQ(result.outcome(), v1::OUTCOME_UNDETERMINED);
    }
  }
}

TEST(Scenarios, OneProofThatDiffersIsEnough) {
  ScenarioRow different = good_row();
  different["match"] = "different";
  Scenario scenario(good_row());
  scenario.attestations().push_back(Scenario(different).attestations().front());
  EXPECT_EQ(scenario.judge().verdict(), v1::VERDICT_INCONSISTENT);
  std::ranges::reverse(scenario.attestations());
  EXPECT_EQ(scenario.judge().verdict(), v1::VERDICT_INCONSISTENT);
}

}  // namespace
}  // namespace heyan
