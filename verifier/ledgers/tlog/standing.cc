#include "verifier/ledgers/tlog/standing.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "verifier/trust/links.h"
#include "verifier/trust/quorum.h"

namespace heyan::ledgers::tlog {
namespace {

using crypto::SignatureOutcome;
using transparency::PolicyCount;
using Institutions = std::set<std::string>;

constexpr std::string_view kLog = "LOG";
constexpr std::string_view kWitness = "WITNESS";
constexpr std::chrono::minutes kClocks{10};  // that clocks may be apart
constexpr std::size_t kSeveral = 2;

v1::Signature describe(std::string_view role, std::string signer, const std::string& institution,
                       const crypto::PublicKey& key, SignatureOutcome outcome) {
  v1::Signature entry;
  entry.set_role(std::string(role));
  entry.set_signer(std::move(signer));
  entry.set_institution(institution);
  entry.set_key_sha256(core::to_string(key.sha256()));
  const bool good = outcome == SignatureOutcome::kValid;
  entry.set_outcome(good ? v1::OUTCOME_PASS : v1::OUTCOME_FAIL);
  if (!good) {
    entry.set_reason(outcome == SignatureOutcome::kEnginesDisagree
                         ? v1::REASON_SIGNATURE_ENGINES_DISAGREE
                         : v1::REASON_NODE_SIGNATURE_INVALID);
  }
  return entry;
}

class Counting {
 public:
  Counting(const Head& head, const LogConfig& config, const trust::LedgerEntry& entry,
           const Judging& judging)
      : head_(head),
        config_(config),
        entry_(entry),
        judging_(judging),
        linked_(
            trust::find_links(judging.trust, judging.record, judging.circumstances).institutions) {}

  Standing run() {
    describe_signatures();
    if (!head_.authenticated()) {
      const auto anybody = [](const Cosignature&) { return true; };
      standing_.quorum.set_required(list_decides() ? count_list(anybody, false).required
                                                   : count(anybody).required);
      // Who else would have to be right does not matter where the log's own word is in doubt alone.
      standing_.disagreement_decides = head_.reasons == Reasons{Reason::kEnginesDisagree};
      return std::move(standing_);
    }
    count_quorum();
    find_time();
    return std::move(standing_);
  }

 private:
  const std::string& institution(const Cosignature& one) const {
    return config_.witness_institutions[one.witness];
  }
  // Of a witness whose institution nobody names, nobody knows to whom it is linked.
  bool is_neutral(const Cosignature& one) const {
    return one.good() && !institution(one).empty() && !linked_.contains(institution(one));
  }

  template <typename Predicate>
  PolicyCount count(Predicate counts) const {
    std::vector<bool> cosigned(config_.policy.witnesses().size());
    for (const Cosignature& one : head_.cosignatures) {
      if (counts(one)) cosigned[one.witness] = true;
    }
    return config_.policy.count(cosigned);
  }

  template <typename Predicate>
  Institutions institutions(Predicate counts) const {
    Institutions all;
    for (const Cosignature& one : head_.cosignatures) {
      if (counts(one) && !institution(one).empty()) all.insert(institution(one));
    }
    return all;
  }

  // Where the policy asks for no witness, the list's rule says whether the log's own institution is
  // enough.
  bool list_decides() const {
    return !entry_.quorum.empty() && count([](const Cosignature&) { return true; }).required == 0;
  }
  Institutions operators(bool neutral) const {
    Institutions all;
    for (const LogSignature& one : head_.logs) {
      const std::string& institution = config_.log_institutions[one.log];
      if (!institution.empty() && !(neutral && linked_.contains(institution)))
        all.insert(institution);
    }
    return all;
  }

  // The policy's rule and, where the entry has one, the trust list's. `neutral`: as `counts` has
  // it, nobody who is linked to a party.
  template <typename Predicate>
  bool reached(Predicate counts, bool neutral = false) const {
    const PolicyCount policy = count(counts);
    if (entry_.quorum.empty() || !policy.reached()) return policy.reached();
    return count_list(counts, neutral).reached;
  }
  template <typename Predicate>
  trust::QuorumCount count_list(Predicate counts, bool neutral) const {
    Institutions present = institutions(counts);
    if (list_decides()) present.merge(operators(neutral));
    return trust::count_quorum(judging_.trust, entry_.quorum, present);
  }

  void describe_signatures() {
    const bool counts = head_.authenticated();
    for (const LogSignature& one : head_.logs) {
      const auto& log = config_.policy.logs()[one.log];
      std::string name = log.name.empty() ? head_.checkpoint.origin : log.name;
      v1::Signature& entry = standing_.signatures.emplace_back(
          describe(kLog, std::move(name), config_.log_institutions[one.log], log.key, one.outcome));
      entry.set_counted(counts);
      entry.set_quorum(counts && list_decides() && !entry.institution().empty());
    }
    for (const Cosignature& one : head_.cosignatures) {
      const auto& witness = config_.policy.witnesses()[one.witness];
      v1::Signature& entry = standing_.signatures.emplace_back(
          describe(kWitness, witness.key_name, institution(one), witness.key, one.outcome));
      entry.set_counted(counts && one.good());
      entry.set_quorum(counts && one.good());
    }
  }

  void count_quorum() {
    const auto good = [](const Cosignature& one) { return one.good(); };
    const auto neutral = [this](const Cosignature& one) { return is_neutral(one); };
    const auto doubtful = [](const Cosignature& one) {
      return one.outcome != SignatureOutcome::kInvalid;
    };
    v1::Quorum& quorum = standing_.quorum;
    quorum.set_rule(entry_.quorum);
    if (list_decides()) {
      const trust::QuorumCount all = count_list(good, false);
      quorum.set_required(all.required);
      quorum.set_valid(all.valid);
      quorum.set_neutral(count_list(neutral, true).valid);
    } else {
      const PolicyCount all = count(good);
      quorum.set_required(all.required);
      quorum.set_valid(all.valid);
      quorum.set_neutral(count(neutral).valid);
    }
    quorum.set_reached(reached(good));
    quorum.set_neutral_reached(reached(good) && reached(neutral, true));
    standing_.disagreement_decides = !quorum.reached() && reached(doubtful);
  }

  std::optional<std::int64_t> time_ms(const Cosignature& one) const {
    constexpr std::uint64_t kYear2020 = 1'577'836'800;  // nobody cosigned before
    constexpr std::uint64_t kYear10000 = 253'402'300'800;
    if (one.seconds < kYear2020 || one.seconds >= kYear10000) return std::nullopt;
    const std::int64_t at = static_cast<std::int64_t>(one.seconds) * 1000;
    if (at > core::to_unix_ms(judging_.as_of + kClocks)) return std::nullopt;
    return at;
  }

  // The first of the times stated by which `enough` of those had signed that `counts`.
  template <typename Counts, typename Enough>
  std::optional<std::int64_t> earliest(Counts counts, Enough enough) const {
    std::set<std::int64_t> times;
    for (const Cosignature& one : head_.cosignatures) {
      const auto at = time_ms(one);
      if (at && counts(one)) times.insert(*at);
    }
    for (const std::int64_t end : times) {
      const auto by_then = [&](const Cosignature& one) {
        const auto at = time_ms(one);
        return at && *at <= end && counts(one);
      };
      if (enough(by_then)) return end;
    }
    return std::nullopt;
  }

  void find_time() {
    if (!standing_.quorum.reached()) return;
    const auto good = [](const Cosignature& one) { return one.good(); };
    const auto neutral = [this](const Cosignature& one) { return is_neutral(one); };
    const auto independent = earliest(neutral, [this](auto counts) {
      return reached(counts, true) && institutions(counts).size() >= kSeveral;
    });
    const auto stated =
        independent ? independent : earliest(good, [this](auto counts) { return reached(counts); });
    if (!stated) return;
    standing_.time.set_source("witnesses");
    standing_.time.set_not_after_ms(*stated);
    standing_.time.set_independent(independent.has_value());
  }

  const Head& head_;
  const LogConfig& config_;
  const trust::LedgerEntry& entry_;
  const Judging& judging_;
  const Institutions linked_;
  Standing standing_;
};

}  // namespace

Standing stand(const Head& head, const LogConfig& config, const trust::LedgerEntry& entry,
               const Judging& judging) {
  return Counting(head, config, entry, judging).run();
}

}  // namespace heyan::ledgers::tlog
