#include "verifier/ers/verification.h"

#include <algorithm>
#include <array>

#include "verifier/crypto/der.h"
#include "verifier/crypto/der_writer.h"
#include "verifier/crypto/weak_keys.h"
#include "verifier/ers/hash_tree.h"

namespace heyan::ers {
namespace {

using core::Bytes;
using core::ByteView;
using crypto::Hash;
using timestamps::Verdict;

Verdict consequence_of(Reason reason) {
  switch (reason) {
    case Reason::kGroupIncomplete:
      return Verdict::kValid;
    case Reason::kUnsupported:
    case Reason::kNoDigest:
      return Verdict::kIndeterminate;
    case Reason::kWeakHash:
    case Reason::kNotRenewedInTime:
      return Verdict::kRefused;
    case Reason::kParse:
    case Reason::kTrailingData:
      return Verdict::kMalformed;
    default:
      return Verdict::kInvalid;
  }
}

// The first one of its tree; empty: no tree.
std::span<const ByteView> list_of(const ArchiveStamp& stamp) {
  if (stamp.tree.empty()) return {};
  return stamp.tree.front();
}

bool covers(std::span<const ByteView> list, ByteView imprint, ByteView value) {
  if (list.empty()) return core::equal(imprint, value);
  return std::ranges::any_of(list, [&](ByteView one) { return core::equal(one, value); });
}

Evaluation unreadable(const core::Error& error) {
  Evaluation found;
  if (error.code == core::ErrorCode::kUnsupported) {
    found.reasons.insert(Reason::kUnsupported);
  } else {
    const bool trailing = error.code == core::ErrorCode::kTrailing;
    found.reasons.insert(trailing ? Reason::kTrailingData : Reason::kParse);
  }
  found.verdict = verdict_of(found.reasons);
  return found;
}

// A stamp in the order of time, with what its token says of itself.
struct Stamp {
  const ArchiveStamp* read = nullptr;
  std::size_t chain = 0;
  bool first = false;                         // of its chain
  std::optional<crypto::TimestampInfo> info;  // nothing: no TSTInfo
};

class Evaluator {
 public:
  Evaluator(Record record, const Basis& basis, crypto::SignatureChecker& checker,
            const core::Limits& limits)
      : basis_(basis), checker_(checker), limits_(limits) {
    found_.record = std::move(record);
    found_.verdict = Verdict::kValid;
  }

  Evaluation run() {
    if (!read_tokens()) return unreadable({core::ErrorCode::kMalformed, "a token"});
    for (std::size_t i = 0; i < stamps_.size(); ++i) {
      judge_tree(i);
      judge_token(i);
    }
    judge_hashes();
    worsen(verdict_of(found_.reasons));
    return std::move(found_);
  }

 private:
  void add(Reason reason) { found_.reasons.insert(reason); }
  void worsen(Verdict verdict) { found_.verdict = std::max(found_.verdict, verdict); }
  void disagree() {
    found_.token_reasons.insert(timestamps::Reason::kEnginesDisagree);
    worsen(Verdict::kUndecided);
  }

  // What a signature is worth depends on the authority; what the token says does not.
  bool read_tokens() {
    for (std::size_t chain = 0; chain < found_.record.chains.size(); ++chain) {
      bool first = true;
      for (const ArchiveStamp& read : found_.record.chains[chain]) {
        auto token =
            crypto::read_timestamp(read.token, checker_, limits_, {.candidates = {}, .gm = true});
        if (!token) return false;
        stamps_.push_back({&read, chain, first, std::move(token->info)});
        first = false;
      }
    }
    return true;
  }

  // By which the imprint and the tree of a stamp are made.
  std::optional<Hash> hash_of(const Stamp& stamp) {
    if (!stamp.info || !stamp.info->hash || (stamp.read->states_hash && !stamp.read->hash)) {
      add(Reason::kNoDigest);
      return std::nullopt;
    }
    if (stamp.read->states_hash && stamp.read->hash != stamp.info->hash) {
      add(Reason::kRootNotImprint);
      return std::nullopt;
    }
    return stamp.info->hash;
  }

  // Does the tree lead to the imprint, and does a stamp within a chain cover the one before it?
  // What the first one of a chain covers is for the documents to say.
  void judge_tree(std::size_t i) {
    const Stamp& stamp = stamps_[i];
    const auto hash = hash_of(stamp);
    if (stamp.first) {
      found_.coverings.push_back(covering_of(stamp, hash));
    } else if (hash && found_.coverings.back().hash != hash) {
      add(Reason::kMixedHashes);
    }
    if (!hash) return;
    if (!has_digests_only(stamp.read->tree, *hash)) return add(Reason::kValueLength);
    if (!stamp.first) {
      const auto before = checker_.digest(*hash, stamps_[i - 1].read->token);
      if (!before) return disagree();
      if (!covers(list_of(*stamp.read), stamp.info->imprint, *before))
        add(Reason::kStampNotCovered);
    }
    if (stamp.read->tree.empty()) return;
    const auto root = root_of(stamp.read->tree, *hash, checker_);
    if (!root) return disagree();
    if (*root != stamp.info->imprint) add(Reason::kRootNotImprint);
  }

  Covering covering_of(const Stamp& stamp, std::optional<Hash> hash) {
    Covering covering{.hash = hash, .chains_before = {}, .imprint = {}};
    if (stamp.info) covering.imprint = stamp.info->imprint;
    if (stamp.chain > 0 && hash) {
      auto before = checker_.digest(*hash, chains_before(stamp.chain));
      if (before) {
        covering.chains_before = *std::move(before);
      } else {
        disagree();
        covering.hash.reset();
      }
    }
    return covering;
  }

  // The sequence of them, in DER.
  Bytes chains_before(std::size_t chain) const {
    const ByteView last = found_.record.chains_der[chain - 1];
    const ByteView first = found_.record.chains_der.front();
    Bytes sequence;
    crypto::append_der(sequence, crypto::der::kSequence,
                       ByteView(first.data(), last.data() + last.size()));
    return sequence;
  }

  // By when a later stamp shows that this one was there: as late as that one's clock may have been.
  std::optional<core::UtcTime> covered(std::size_t i) const {
    if (i + 1 == stamps_.size() || !stamps_[i + 1].info) return std::nullopt;
    return crypto::existed_by(*stamps_[i + 1].info);
  }

  void judge_token(std::size_t i) {
    const Stamp& stamp = stamps_[i];
    const timestamps::Moment moment{.at = basis_.at, .covered = covered(i)};
    // What the imprint is of, the tree says; how good its algorithm was, judge_hashes.
    timestamps::Digests imprint;
    if (stamp.info && stamp.info->hash) imprint[*stamp.info->hash] = stamp.info->imprint;
    timestamps::Judged judged = timestamps::judge(stamp.read->token, basis_.authorities, imprint,
                                                  {}, moment, checker_, limits_);
    std::set<timestamps::Reason>& reasons = judged.found.reasons;
    reasons.erase(timestamps::Reason::kWeakImprint);
    judged.found.verdict = timestamps::verdict_of(reasons);
    worsen(judged.found.verdict);
    if (i > 0 && stamp.info && stamps_[i - 1].info && stamp.info->time < stamps_[i - 1].info->time)
      add(Reason::kTimeOrder);
    if (ended_before(judged, moment.relied_on())) add(Reason::kNotRenewedInTime);
    found_.token_reasons.insert(reasons.begin(), reasons.end());
    found_.stamps.push_back(std::move(judged));
  }

  static bool ended_before(const timestamps::Judged& judged, core::UtcTime time) {
    if (!judged.token || !judged.token->signer.certificate) return false;
    const auto ended = [&](const crypto::Certificate& one) { return one.not_after() < time; };
    return ended(*judged.token->signer.certificate) ||
           std::ranges::any_of(judged.found.path, ended);
  }

  // That of a chain must have been good until the next chain began (RFC 4998 5.3).
  void judge_hashes() {
    for (std::size_t i = 0; i < stamps_.size(); ++i) {
      const Stamp& stamp = stamps_[i];
      if (!stamp.info || !stamp.info->hash) continue;
      const auto next = std::ranges::find(stamps_, stamp.chain + 1, &Stamp::chain);
      const core::UtcTime relied_on =
          next != stamps_.end() && next->info ? next->info->time : basis_.at;
      const auto until = basis_.hash_until.find(std::string(crypto::name(*stamp.info->hash)));
      const bool weak = until == basis_.hash_until.end() ? crypto::is_weak(*stamp.info->hash)
                                                         : until->second < relied_on;
      if (weak) add(Reason::kWeakHash);
    }
  }

  const Basis& basis_;
  crypto::SignatureChecker& checker_;
  const core::Limits& limits_;
  std::vector<Stamp> stamps_;
  Evaluation found_;
};

// What of a document a chain must cover; nothing: the document has no such digest.
std::optional<Bytes> leaf_of(const timestamps::Digests& document, const Covering& covering,
                             crypto::SignatureChecker& checker) {
  const auto digest = document.find(*covering.hash);
  if (digest == document.end()) return std::nullopt;
  if (covering.chains_before.empty()) return digest->second;
  const std::array<ByteView, 2> pieces = {digest->second, covering.chains_before};
  return checker.digest(*covering.hash, pieces);
}

}  // namespace

bool Verification::shows_time() const {
  return verdict == Verdict::kValid || verdict == Verdict::kNonconforming;
}

std::vector<std::string> Verification::names() const {
  std::set<std::string> all;
  for (const Reason reason : reasons) all.emplace(name(reason));
  for (const timestamps::Reason reason : token_reasons) all.emplace(timestamps::name(reason));
  return {all.begin(), all.end()};
}

Verdict verdict_of(const std::set<Reason>& reasons) {
  Verdict worst = Verdict::kValid;
  for (const Reason reason : reasons) worst = std::max(worst, consequence_of(reason));
  return worst;
}

Evaluation evaluate(ByteView bytes, const Basis& basis, crypto::SignatureChecker& checker,
                    const core::Limits& limits) {
  constexpr std::size_t kHeadBytes = 256;
  if (looks_like_xml_record(bytes.first(std::min(bytes.size(), kHeadBytes)))) {
    return unreadable({core::ErrorCode::kUnsupported, "an evidence record in XML (RFC 6283)"});
  }
  auto record = read_record(bytes);
  if (!record) return unreadable(record.error());
  return Evaluator(*std::move(record), basis, checker, limits).run();
}

Verification verify(const Evaluation& evaluation, std::span<const timestamps::Digests> documents,
                    const std::set<Bytes>& filed, crypto::SignatureChecker& checker) {
  Verification found{.verdict = evaluation.verdict,
                     .reasons = evaluation.reasons,
                     .token_reasons = evaluation.token_reasons};
  for (std::size_t i = 0; i < evaluation.coverings.size(); ++i) {
    const Covering& covering = evaluation.coverings[i];
    if (!covering.hash) continue;
    const auto list = list_of(evaluation.record.chains[i].front());
    // Without a tree the imprint is of one document.
    if (list.empty() && documents.size() != 1) found.reasons.insert(Reason::kDataNotCovered);
    for (const timestamps::Digests& document : documents) {
      const auto leaf = leaf_of(document, covering, checker);
      if (!leaf) {
        found.reasons.insert(Reason::kNoDigest);
      } else if (!covers(list, covering.imprint, *leaf)) {
        found.reasons.insert(Reason::kDataNotCovered);
      }
    }
    const bool complete = i > 0 || std::ranges::all_of(list, [&](ByteView value) {
                            return filed.contains(core::to_bytes(value));
                          });
    if (!complete) found.reasons.insert(Reason::kGroupIncomplete);
  }
  found.verdict = std::max(found.verdict, verdict_of(found.reasons));
  return found;
}

}  // namespace heyan::ers
