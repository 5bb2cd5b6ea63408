// A row of verdict-scenarios.tsv as a real judgement: what a gateway and a ledger would hand to the
// checks if the case were as the row says. From the attestations onward the code of production
// runs.
//
// Header only, since the runner and the unit tests of the judge both use it.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "schemas/catalogue/catalogue.h"
#include "verifier/checks/check.h"
#include "verifier/core/time.h"
#include "verifier/judge.h"
#include "verifier/trust/quorum.h"

namespace heyan::vectors {

using ScenarioRow = std::map<std::string, std::string>;

inline const std::vector<std::string>& scenario_columns() {
  static const std::vector<std::string> columns = {"file",
                                                   "hash_agree",
                                                   "custody",
                                                   "selftest",
                                                   "record",
                                                   "chain_fresh",
                                                   "match",
                                                   "hash_alg",
                                                   "inclusion",
                                                   "checkpoint",
                                                   "quorum_required",
                                                   "sigs_valid",
                                                   "sigs_valid_unrelated",
                                                   "sig_invalid",
                                                   "cert_issue",
                                                   "time_source",
                                                   "who",
                                                   "what",
                                                   "when",
                                                   "where",
                                                   "parser"};
  return columns;
}

// Builds and judges one row. `error()` is not empty where a cell has a value that the column does
// not know; nothing is judged then.
class Scenario {
 public:
  explicit Scenario(const ScenarioRow& row) : row_(row) {
    read_row();
    if (!error_.empty()) return;
    build_trust();
    build_submission();
    build_measured();
    build_circumstances();
    attestations_ = {{ledger_answer()}, {}};
    if (is("match", "matches-other-record")) attestations_[1].push_back(other_answer());
  }

  const std::string& error() const { return error_; }
  v1::CaseRecord& record() { return record_; }
  v1::Circumstances& circumstances() { return circumstances_; }
  trust::TrustList& trust() { return trust_; }
  trust::Policy& policy() { return policy_; }
  std::vector<v1::Attestation>& attestations() { return attestations_[0]; }

  v1::ItemReport judge() {
    const core::Limits limits;
    crypto::SignatureChecker checker(crypto::Engines{}, limits);
    const Judging judging{.record = record_,
                          .circumstances = circumstances_,
                          .trust = trust_,
                          .policy = policy_,
                          .as_of = core::from_unix_ms(kAsOf),
                          .checker = checker,
                          .limits = limits};
    const checks::CaseView whole = checks::view_case(judging, attestations_);
    return judge_item({.index = 0,
                       .declared = record_.submission().evidence(0),
                       .measured = record_.items(0),
                       .attestations = attestations_[0],
                       .whole = whole},
                      judging);
  }

 private:
  static constexpr std::int64_t kDay = 86'400'000;
  static constexpr std::int64_t kAsOf = 1'795'000'000'000;  // in November 2026
  static constexpr std::int64_t kRecorded = kAsOf - 100 * kDay;
  static constexpr std::uint64_t kBlock = 7;
  static constexpr const char* kLedger = "chain";
  static constexpr const char* kItem = "E1";

  bool is(const std::string& column, const std::string& value) const {
    return row_.at(column) == value;
  }

  void allow(const std::string& column, const std::set<std::string>& values) {
    const auto cell = row_.find(column);
    if (cell == row_.end() || !values.contains(cell->second)) {
      error_ += (error_.empty() ? "" : "; ") + column + " has no such value";
    }
  }

  std::uint32_t count(const std::string& column) {
    const auto cell = row_.find(column);
    const std::string text = cell == row_.end() ? std::string() : cell->second;
    const bool digits = !text.empty() && text.size() < 4 &&
                        std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (!digits) {
      error_ += (error_.empty() ? "" : "; ") + column + " is no number";
      return 0;
    }
    return static_cast<std::uint32_t>(std::stoul(text));
  }

  void read_row() {
    const std::set<std::string> yes_no = {"yes", "no"};
    const std::set<std::string> ok_mismatch = {"ok", "mismatch"};
    allow("file", {"complete", "truncated"});
    allow("hash_agree", yes_no);
    allow("custody", {"continuous", "gap"});
    allow("selftest", {"pass", "fail"});
    allow("record", {"found", "none", "unknown-id", "unreachable"});
    allow("chain_fresh", yes_no);
    allow("match", {"equal", "different", "matches-other-record"});
    allow("hash_alg", {"ok", "weak-no-poe", "unsupported"});
    allow("inclusion", {"valid", "invalid", "missing", "malformed"});
    allow("checkpoint", {"consistent", "fork"});
    allow("cert_issue", {"none", "expired-since", "expired-at-signing", "revoked-before",
                         "revoked-no-poe", "not-listed", "status-unavailable"});
    allow("time_source", {"tsa", "node-clock"});
    for (const char* column : {"who", "what", "when", "where"}) allow(column, ok_mismatch);
    allow("parser", {"ok", "terminated"});
    required_ = count("quorum_required");
    valid_ = count("sigs_valid");
    unrelated_ = count("sigs_valid_unrelated");
    invalid_ = count("sig_invalid");
    if (unrelated_ > valid_) error_ += "sigs_valid_unrelated is above sigs_valid";
  }

  // Institutions 0 to valid-1 signed, the last of them linked to the plaintiff; then those whose
  // signature is invalid.
  void build_trust() {
    trust_.id = "scenario";
    trust_.version = 1;
    trust_.given = true;
    trust::Quorum quorum{.id = "quorum", .at_least = required_, .of = {}, .must_include_kinds = {}};
    for (std::uint32_t i = 0; i < std::max(required_, valid_) + invalid_; ++i) {
      trust::Institution institution;
      institution.id = "institution-" + std::to_string(i);
      if (i >= unrelated_ && i < valid_) institution.linked_parties = {"ID-P1"};
      quorum.of.push_back(institution.id);
      trust_.institutions.push_back(std::move(institution));
    }
    trust_.quorums.push_back(std::move(quorum));
    trust::LedgerEntry ledger;
    ledger.id = kLedger;
    ledger.format = "scenario";
    ledger.quorum = "quorum";
    trust_.ledgers.push_back(std::move(ledger));
  }

  void build_submission() {
    v1::Submission& submission = *record_.mutable_submission();
    submission.set_filed_at_ms(kAsOf - kDay);
    submission.mutable_submitter()->set_role(v1::ROLE_PLAINTIFF);
    submission.mutable_submitter()->set_name("Plaintiff");
    for (const auto& [id, name] : {std::pair{"P1", "Plaintiff"}, std::pair{"P2", "Defendant"}}) {
      v1::Party& party = *submission.add_parties();
      party.set_id(id);
      party.set_name(name);
      party.set_id_number(std::string("ID-") + id);
    }
    for (const char* id : {kItem, "E2"}) {
      v1::Item& item = *submission.add_evidence();
      item.set_id(id);
      item.set_party("P1");
      item.mutable_file()->set_path("files/photo.jpg");
      item.mutable_record()->set_ledger(kLedger);
      item.mutable_record()->set_id("EV-1");
    }
    submission.mutable_evidence(0)->mutable_file()->set_size(is("file", "complete") ? 100 : 101);
  }

  static std::string digest_bytes(v1::DigestAlgorithm algorithm, char fill) {
    return std::string(algorithm == v1::DIGEST_ALGORITHM_SHA_1 ? 20 : 32, fill);
  }

  void build_measured() {
    for (const char* id : {kItem, "E2"}) {
      v1::ItemRecord& item = *record_.add_items();
      item.set_id(id);
      item.mutable_measured()->set_outcome(v1::MEASURE_OUTCOME_DONE);
      item.mutable_measured()->set_size(100);
      for (const auto algorithm : {v1::DIGEST_ALGORITHM_SHA_256, v1::DIGEST_ALGORITHM_SHA_1}) {
        v1::MeasuredDigest& digest = *item.mutable_measured()->add_digests();
        digest.set_algorithm(algorithm);
        digest.set_first(digest_bytes(algorithm, 'f'));
        digest.set_second(digest_bytes(algorithm, is("hash_agree", "yes") ? 'f' : 'g'));
      }
      v1::ContentFacts& contents = *item.mutable_contents();
      contents.set_performed(true);
      contents.set_terminated(is("parser", "terminated"));
      contents.set_extension(v1::EXTENSION_FIT_YES);
      contents.add_times()->set_at_ms(is("when", "ok") ? kRecorded - kDay : kRecorded + kDay);
      contents.set_address(is("where", "ok") ? "https://a.example/" : "https://b.example/");
    }
  }

  void build_circumstances() {
    circumstances_.add_checked_parties("P1");
    circumstances_.add_checked_parties("P2");
    circumstances_.mutable_self_test()->set_passed(is("selftest", "pass"));
    v1::Custody& custody = *circumstances_.mutable_custody();
    custody.set_continuous(is("custody", "continuous"));
    v1::ReceivedFile& received = *custody.add_received();
    received.set_item(kItem);
    received.set_size(100);
    received.set_sha256(digest_bytes(v1::DIGEST_ALGORITHM_SHA_256, 'f'));
    v1::LedgerView& view = *circumstances_.add_views();
    view.set_ledger(kLedger);
    view.set_reachable(!is("record", "unreachable"));
    view.set_taken_at_ms(is("chain_fresh", "yes") ? kAsOf - 60'000 : kAsOf - 2 * kDay);
    view.set_height(1000);
    if (view.reachable()) {
      v1::LookUp& look_up = *view.add_look_ups();
      look_up.set_item(kItem);
      look_up.set_answer(is("record", "found")  ? v1::LOOK_UP_ANSWER_FOUND
                         : is("record", "none") ? v1::LOOK_UP_ANSWER_FINGERPRINT_UNKNOWN
                                                : v1::LOOK_UP_ANSWER_ID_UNKNOWN);
    }
    v1::KeptCheckpoint& checkpoint = *circumstances_.add_checkpoints();
    checkpoint.set_ledger(kLedger);
    checkpoint.set_height(kBlock);
    checkpoint.set_hash(is("checkpoint", "consistent") ? "block hash" : "another hash");
  }

  static void add(v1::Attestation& attestation, v1::CheckId check, v1::Outcome outcome,
                  v1::ReasonCode code = v1::REASON_NONE) {
    v1::Finding& finding = *attestation.add_findings();
    finding.set_check(check);
    finding.set_outcome(outcome);
    finding.set_code(code);
    finding.set_effect(code == v1::REASON_NONE ? v1::EFFECT_NONE : catalogue::entry(code).effect);
  }

  static void add_digest(v1::LedgerRecord& record, v1::DigestAlgorithm algorithm, char fill) {
    v1::Digest& digest = *record.add_digests();
    digest.set_algorithm(algorithm);
    digest.set_value(digest_bytes(algorithm, fill));
  }

  v1::LedgerRecord ledger_record() const {
    v1::LedgerRecord record;
    record.set_id("EV-1");
    record.set_who(is("who", "ok") ? "Plaintiff" : "Somebody Else");
    record.set_what(is("what", "ok") ? "photo.jpg" : "contract.pdf");
    record.set_when_ms(kRecorded);
    record.set_where("https://a.example/");
    const char fill = is("match", "equal") ? 'f' : 'x';
    if (is("hash_alg", "unsupported")) {
      record.set_unsupported_algorithm("crc32");
      if (fill == 'f') return record;
    }
    add_digest(
        record,
        is("hash_alg", "weak-no-poe") ? v1::DIGEST_ALGORITHM_SHA_1 : v1::DIGEST_ALGORITHM_SHA_256,
        fill);
    return record;
  }

  void add_inclusion(v1::Attestation& attestation) const {
    if (is("inclusion", "valid")) {
      add(attestation, v1::CHECK_INC_1, v1::OUTCOME_PASS);
    } else if (is("inclusion", "invalid")) {
      add(attestation, v1::CHECK_INC_1, v1::OUTCOME_FAIL, v1::REASON_INCLUSION_PROOF_INVALID);
    } else {
      add(attestation, v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED,
          is("inclusion", "missing") ? v1::REASON_INCLUSION_PROOF_MISSING
                                     : v1::REASON_INCLUSION_PROOF_MALFORMED);
    }
  }

  void add_keys(v1::Attestation& attestation) const {
    static const std::map<std::string, v1::ReasonCode> kIssues = {
        {"expired-since", v1::REASON_NODE_CERT_EXPIRED_SINCE},
        {"expired-at-signing", v1::REASON_NODE_CERT_EXPIRED_AT_SIGNING},
        {"revoked-before", v1::REASON_NODE_CERT_REVOKED_BEFORE},
        {"revoked-no-poe", v1::REASON_NODE_CERT_REVOKED_NO_POE},
        {"not-listed", v1::REASON_INSTITUTION_NOT_ON_TRUST_LIST},
        {"status-unavailable", v1::REASON_REVOCATION_UNAVAILABLE}};
    const auto issue = kIssues.find(row_.at("cert_issue"));
    for (const v1::CheckId check : {v1::CHECK_KEY_1, v1::CHECK_KEY_2}) {
      if (issue == kIssues.end() || catalogue::entry(issue->second).check != check) {
        add(attestation, check, v1::OUTCOME_PASS);
      } else {
        const bool harmless = issue->second == v1::REASON_NODE_CERT_EXPIRED_SINCE;
        add(attestation, check, harmless ? v1::OUTCOME_PASS : v1::OUTCOME_FAIL, issue->second);
      }
    }
  }

  void add_quorum(v1::Attestation& attestation) const {
    std::set<std::string> present;
    std::set<std::string> linked;
    for (std::uint32_t i = 0; i < valid_; ++i) present.insert(trust_.institutions[i].id);
    for (std::uint32_t i = unrelated_; i < valid_; ++i) linked.insert(trust_.institutions[i].id);
    const auto all = trust::count_quorum(trust_, "quorum", present);
    const auto neutral = trust::count_quorum(trust_, "quorum", trust::without(present, linked));
    v1::Quorum& quorum = *attestation.mutable_quorum();
    quorum.set_required(all.required);
    quorum.set_valid(all.valid);
    quorum.set_neutral(neutral.valid);
    quorum.set_reached(all.reached);
    quorum.set_neutral_reached(neutral.reached);
    if (all.reached) {
      add(attestation, v1::CHECK_QUO_1, v1::OUTCOME_PASS);
    } else {
      add(attestation, v1::CHECK_QUO_1, v1::OUTCOME_FAIL, v1::REASON_QUORUM_NOT_REACHED);
    }
    if (invalid_ == 0) {
      add(attestation, v1::CHECK_QUO_3, v1::OUTCOME_PASS);
    } else {
      add(attestation, v1::CHECK_QUO_3, v1::OUTCOME_FAIL, v1::REASON_NODE_SIGNATURE_INVALID);
    }
  }

  // What a ledger makes of the proofs of the item.
  v1::Attestation ledger_answer() const {
    v1::Attestation attestation;
    attestation.set_ledger(kLedger);
    attestation.set_format("scenario");
    attestation.set_tier(v1::TIER_CHAIN_PROOF);
    *attestation.mutable_record() = ledger_record();
    attestation.mutable_position()->set_block(kBlock);
    attestation.mutable_position()->set_block_hash("block hash");
    add(attestation, v1::CHECK_REC_1, v1::OUTCOME_PASS);
    add_inclusion(attestation);
    add_quorum(attestation);
    add_keys(attestation);
    v1::TimeInterval& time = *attestation.mutable_time();
    time.set_not_after_ms(kRecorded);
    time.set_source(row_.at("time_source"));
    time.set_independent(is("time_source", "tsa"));
    if (time.independent()) {
      add(attestation, v1::CHECK_TIM_1, v1::OUTCOME_PASS);
    } else {
      add(attestation, v1::CHECK_TIM_1, v1::OUTCOME_UNDETERMINED,
          v1::REASON_TIME_ONLY_FROM_NODE_CLOCK);
    }
    return attestation;
  }

  // The record of the second item: the first item's file.
  v1::Attestation other_answer() const {
    v1::Attestation attestation;
    attestation.set_ledger(kLedger);
    attestation.set_tier(v1::TIER_CHAIN_PROOF);
    add_digest(*attestation.mutable_record(), v1::DIGEST_ALGORITHM_SHA_256, 'f');
    add(attestation, v1::CHECK_INC_1, v1::OUTCOME_PASS);
    return attestation;
  }

  ScenarioRow row_;
  std::string error_;
  std::uint32_t required_ = 0;
  std::uint32_t valid_ = 0;
  std::uint32_t unrelated_ = 0;
  std::uint32_t invalid_ = 0;
  v1::CaseRecord record_;
  v1::Circumstances circumstances_;
  trust::TrustList trust_;
  trust::Policy policy_ = trust::default_policy();
  std::vector<std::vector<v1::Attestation>> attestations_;
};

}  // namespace heyan::vectors
