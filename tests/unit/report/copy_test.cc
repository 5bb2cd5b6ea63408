// Copies of one report: who sees what, and disclosures that do not open what was signed.
#include "verifier/report/copy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/report/copies.h"
#include "verifier/crypto/digest.h"

namespace heyan::report {
namespace {

using testing::kOfFirst;
using testing::kOfSecond;

class Copy : public testing::Copies {
 protected:
  static std::vector<std::string> values_in(const EnvelopeVerdict& verdict) {
    std::vector<std::string> values;
    for (const Disclosure& one : verdict.disclosed.disclosures) values.push_back(one.value);
    return values;
  }
  DisclosureFault fault_of(std::string_view document) const {
    const EnvelopeVerdict verdict = check(document);
    EXPECT_EQ(verdict.jws.outcome, JwsOutcome::kValid);
    if (verdict.disclosed.fault != DisclosureFault::kNone) {
      EXPECT_TRUE(verdict.disclosed.disclosures.empty());
    }
    return verdict.disclosed.fault;
  }
  std::string text_of(std::size_t index) const { return encode_disclosure(disclosures_.at(index)); }
};

TEST_F(Copy, AllHaveTheSamePayloadAndEachItsReadersFields) {
  const core::Bytes payload = core::to_bytes(encode_payload(report_));
  std::vector<std::string> all = kOfFirst;
  all.insert(all.end(), kOfSecond.begin(), kOfSecond.end());
  const std::vector<std::pair<std::string_view, std::vector<std::string>>> readers = {
      {kCourt, all},
      {kParty, kOfFirst},
      {"P1", kOfFirst},
      {kOpponent, kOfSecond},
      {"P2", kOfSecond}};
  for (const auto& [reader, values] : readers) {
    const EnvelopeVerdict verdict = check(copy(reader));
    EXPECT_EQ(verdict.jws.outcome, JwsOutcome::kValid) << reader;
    EXPECT_EQ(verdict.jws.payload, payload) << reader;
    EXPECT_EQ(verdict.disclosed.fault, DisclosureFault::kNone) << reader;
    EXPECT_EQ(verdict.personal.size(), all.size()) << reader;
    EXPECT_THAT(values_in(verdict), ::testing::UnorderedElementsAreArray(values)) << reader;
  }
}

// Nothing of another stands in any form anywhere in a copy, not even encoded.
TEST_F(Copy, HoldsNothingOfAnother) {
  const auto holds = [](const std::string& document, const std::vector<std::string>& values) {
    const auto parsed = core::json::parse(core::as_bytes(document), {});
    std::string everything = document + unb64(*parsed->find("payload")->as_string());
    if (const auto* member = parsed->find(kDisclosuresMember)) {
      for (const auto& one : *member->as_array()) everything += unb64(*one.as_string());
    }
    return std::ranges::any_of(
        values, [&](const std::string& value) { return everything.contains(value); });
  };
  EXPECT_TRUE(holds(copy(kCourt), kOfFirst));
  EXPECT_TRUE(holds(copy(kParty), kOfFirst));
  EXPECT_FALSE(holds(copy(kParty), kOfSecond));
  EXPECT_TRUE(holds(copy(kOpponent), kOfSecond));
  EXPECT_FALSE(holds(copy(kOpponent), kOfFirst));
  EXPECT_FALSE(holds(envelope_, kOfFirst));
  EXPECT_FALSE(holds(envelope_, kOfSecond));
}

TEST_F(Copy, ASmallerOneIsMadeOfALargerOneAndNeverALargerOne) {
  const auto again = [&](std::string_view from, std::string_view reader) {
    const std::string document = copy(from);
    return make_copy(core::as_bytes(document), check(document).disclosed.disclosures, reader)
        .value();
  };
  EXPECT_EQ(again(kCourt, kCourt), copy(kCourt));
  EXPECT_EQ(again(kCourt, kOpponent), copy(kOpponent));
  EXPECT_EQ(again(kParty, kCourt), copy(kParty));
  EXPECT_EQ(again(kParty, kOpponent), envelope_);
  EXPECT_EQ(again(kOpponent, kParty), envelope_);
}

TEST_F(Copy, ReadersThatTheReportDoesNotHave) {
  for (const char* reader : {"", "P3", "COURT", "p1", "P1 ", "/parties/0", "*"}) {
    const auto none = make_copy(core::as_bytes(envelope_), disclosures_, reader);
    ASSERT_FALSE(none) << reader;
    EXPECT_EQ(none.error().code, core::ErrorCode::kNotFound);
  }
  for (const char* document :
       {"", "[]", "{}", R"({"payload":7})", R"({"payload":"e30="})",
        R"({"payload":"e30","signatures":1.5})", R"({"payload":"e30","signatures":null})"}) {
    const auto none = make_copy(core::as_bytes(document), disclosures_, kCourt);
    ASSERT_FALSE(none) << document;
    EXPECT_EQ(none.error().code, core::ErrorCode::kMalformed);
  }
}

// Two on a side: what is the one's is not shown to the other, so a side alone names nobody.
TEST_F(Copy, ASideOfSeveralMustBeNamed) {
  v1::PartyReport& third = *report_.add_parties();
  third.set_id("P3");
  third.set_role(v1::ROLE_DEFENDANT);
  record_.mutable_submission()->add_parties()->set_name("王五第三");
  withhold();
  EXPECT_FALSE(make_copy(core::as_bytes(envelope_), disclosures_, kOpponent));
  EXPECT_EQ(values_in(check(copy("P3"))), std::vector<std::string>{"王五第三"});
  EXPECT_THAT(values_in(check(copy("P2"))), ::testing::UnorderedElementsAreArray(kOfSecond));
  // Nor does the submitter's account show whose it is.
  report_.mutable_parties(2)->set_role(v1::ROLE_PLAINTIFF);
  withhold();
  EXPECT_FALSE(make_copy(core::as_bytes(envelope_), disclosures_, kParty));
  EXPECT_THAT(values_in(check(copy("P1"))), ::testing::Not(::testing::Contains("u-0771")));
  EXPECT_THAT(values_in(check(copy(kCourt))), ::testing::Contains("u-0771"));
}

// Whoever is only not the submitter is not the opponent: what belongs to an agent, or to the one
// whose agent submitted, is not handed to the other side.
TEST_F(Copy, AnOpponentStandsOnTheOtherSide) {
  report_.mutable_parties(1)->set_role(v1::ROLE_AGENT);
  withhold();
  EXPECT_FALSE(make_copy(core::as_bytes(envelope_), disclosures_, kOpponent));
  EXPECT_THAT(values_in(check(copy(kParty))), ::testing::UnorderedElementsAreArray(kOfFirst));
  report_.set_submitter_role(v1::ROLE_AGENT);
  report_.mutable_parties(1)->set_role(v1::ROLE_DEFENDANT);
  withhold();
  EXPECT_FALSE(make_copy(core::as_bytes(envelope_), disclosures_, kOpponent));
  EXPECT_FALSE(make_copy(core::as_bytes(envelope_), disclosures_, kParty));
  report_.clear_submitter_role();
  withhold();
  EXPECT_FALSE(make_copy(core::as_bytes(envelope_), disclosures_, kOpponent));
  // A third party is on no side, and hinders nobody.
  report_.set_submitter_role(v1::ROLE_DEFENDANT);
  v1::PartyReport& third = *report_.add_parties();
  third.set_id("P3");
  third.set_role(v1::ROLE_THIRD_PARTY);
  record_.mutable_submission()->add_parties()->set_name("王五第三");
  withhold();
  EXPECT_THAT(values_in(check(copy(kOpponent))), ::testing::Contains(kOfFirst[0]));
  EXPECT_THAT(values_in(check(copy(kOpponent))), ::testing::Not(::testing::Contains("王五第三")));
  for (const auto& [role, opposite] : {std::pair(v1::ROLE_APPLICANT, v1::ROLE_RESPONDENT),
                                       std::pair(v1::ROLE_RESPONDENT, v1::ROLE_APPLICANT)}) {
    report_.set_submitter_role(role);
    report_.mutable_parties(0)->set_role(role);
    report_.mutable_parties(1)->set_role(opposite);
    withhold();
    EXPECT_THAT(values_in(check(copy(kOpponent))), ::testing::UnorderedElementsAreArray(kOfSecond));
  }
}

// Two parties of one id are nobody: neither sees the other's.
TEST_F(Copy, AnIdThatTwoHaveNamesNobody) {
  report_.mutable_parties(1)->set_id("P1");
  withhold();
  EXPECT_FALSE(make_copy(core::as_bytes(envelope_), disclosures_, "P1"));
  EXPECT_EQ(values_in(check(copy(kCourt))).size(), disclosures_.size());
}

TEST_F(Copy, AnItemOfNobodyIsTheSubmitters) {
  report_.mutable_evidence(1)->clear_party();
  withhold();
  EXPECT_THAT(values_in(check(copy("P1"))), ::testing::Contains(kOfSecond[2]));
  EXPECT_THAT(values_in(check(copy("P2"))), ::testing::Not(::testing::Contains(kOfSecond[2])));
  report_.mutable_evidence(1)->set_party("P9");
  withhold();
  EXPECT_THAT(values_in(check(copy("P1"))), ::testing::Not(::testing::Contains(kOfSecond[2])));
}

TEST_F(Copy, DisclosuresThatDoNotOpenWhatWasSignedAreRefused) {
  EXPECT_EQ(fault_of(with({text_of(0)})), DisclosureFault::kNone);
  Disclosure other = disclosures_[3];
  other.value += "x";
  EXPECT_EQ(fault_of(with({encode_disclosure(other)})), DisclosureFault::kDiffers);
  // Values, places and salts swapped between two fields.
  const Disclosure& one = disclosures_.at(3);  // names of both parties
  const Disclosure& two = disclosures_.at(5);
  ASSERT_TRUE(one.pointer == "/parties/0/name" && two.pointer == "/parties/1/name");
  for (const Disclosure& swapped :
       {Disclosure{one.pointer, two.value, one.salt}, Disclosure{one.pointer, one.value, two.salt},
        Disclosure{one.pointer, two.value, two.salt}, Disclosure{two.pointer, one.value, one.salt},
        disclose(std::string(32, 't'), one.pointer, one.value)}) {
    EXPECT_EQ(fault_of(with({encode_disclosure(swapped)})), DisclosureFault::kDiffers)
        << swapped.pointer << swapped.value;
  }
  // A place to which nothing is committed.
  for (const char* place : {"/parties/2/name", "/parties/0/names", "/verdict", "", "/"}) {
    EXPECT_EQ(fault_of(with({encode_disclosure(disclose(record_.salt_key(), place, one.value))})),
              DisclosureFault::kUnknown)
        << place;
  }
  // One bad among good ones voids all.
  EXPECT_EQ(fault_of(with({text_of(0), encode_disclosure(other)})), DisclosureFault::kDiffers);
}

TEST_F(Copy, DisclosuresStandOnceAndInOrder) {
  EXPECT_EQ(fault_of(with({text_of(0), text_of(2)})), DisclosureFault::kNone);
  EXPECT_EQ(fault_of(with({text_of(0), text_of(0)})), DisclosureFault::kOrder);
  EXPECT_EQ(fault_of(with({text_of(2), text_of(0)})), DisclosureFault::kOrder);
  EXPECT_EQ(fault_of(with({text_of(0), text_of(2), text_of(0)})), DisclosureFault::kOrder);
}

TEST_F(Copy, TheMemberIsAListOfDisclosuresAndNothingElse) {
  using core::json::Value;
  EXPECT_EQ(fault_of(with_member(Value(Value::Array{}))), DisclosureFault::kForm);
  EXPECT_EQ(fault_of(with_member("text")), DisclosureFault::kForm);
  EXPECT_EQ(fault_of(with_member(Value(Value::Object{}))), DisclosureFault::kForm);
  EXPECT_EQ(fault_of(with({""})), DisclosureFault::kForm);
  EXPECT_EQ(fault_of(with({text_of(0) + "="})), DisclosureFault::kForm);
  Value nested{Value::Array{}};
  nested.push(Value(Value::Array{}));
  EXPECT_EQ(fault_of(with_member(std::move(nested))), DisclosureFault::kForm);
  // What no envelope holds is none, and does not end the program.
  for (const char* member : {"1.5", "1e400", "null", "true", "7", "[1.5]", "[null]"}) {
    const std::string document =
        "{\"heyan-disclosures\":" + std::string(member) + "," + envelope_.substr(1);
    EXPECT_EQ(check(document).jws.outcome, JwsOutcome::kInvalid) << member;
  }
  const std::string twice = replaced(copy(kCourt), "{\"heyan-disclosures\"",
                                     "{\"heyan-disclosures\":[],\"heyan-disclosures\"");
  EXPECT_EQ(check(twice).jws.outcome, JwsOutcome::kInvalid);
}

// No letter of a copy can be changed unnoticed.
TEST_F(Copy, EveryLetterOfADisclosureCounts) {
  const std::string good = copy(kParty);
  const std::size_t begin = good.find('[') + 2;
  const std::size_t end = good.find(']');
  for (std::size_t at = begin; at < end; ++at) {
    std::string changed = good;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    if (changed == good) continue;
    const EnvelopeVerdict verdict = check(changed);
    EXPECT_TRUE(verdict.jws.outcome == JwsOutcome::kInvalid ||
                verdict.disclosed.fault != DisclosureFault::kNone)
        << at;
  }
}

// A signed payload of another kind commits to nothing; so nothing can be disclosed beside it.
TEST_F(Copy, WhatIsNoReportCommitsToNothing) {
  for (const char* payload : {"{}", R"({"commitments":7})", R"({"commitments":[7]})",
                              R"({"commitments":[{"pointer":"/parties/0/name","sha256":"zz"}]})",
                              R"({"commitments":[{"pointer":7,"sha256":"00"}]})"}) {
    envelope_ = sign_report(core::as_bytes(payload), signers_, time_).value();
    EXPECT_TRUE(check(envelope_).personal.empty()) << payload;
    EXPECT_EQ(fault_of(with({text_of(0)})), DisclosureFault::kUnknown) << payload;
    EXPECT_EQ(copy(kCourt), envelope_);
  }
}

}  // namespace
}  // namespace heyan::report
