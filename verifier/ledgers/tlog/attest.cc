#include "verifier/ledgers/tlog/attest.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "verifier/crypto/digest.h"
#include "verifier/ledgers/tlog/judgement.h"
#include "verifier/ledgers/tlog/record.h"
#include "verifier/transparency/log_proof.h"

namespace heyan::ledgers::tlog {
namespace {

using core::Bytes;
using core::ByteView;
using transparency::LogProof;
using transparency::TreeHash;

constexpr std::string_view kMagic = "c2sp.org/tlog-proof@";
constexpr std::string_view kRecordHint = "record";
// Whose bare digest may be an entry.
constexpr std::array kStrong = {v1::DIGEST_ALGORITHM_SHA_256, v1::DIGEST_ALGORITHM_SHA_384,
                                v1::DIGEST_ALGORITHM_SHA_512, v1::DIGEST_ALGORITHM_SM3};

// Heads judged so far, by ledger and SHA-256 of the note: many proofs share one.
struct JudgedHeads {
  std::map<std::pair<std::string, Bytes>, std::unique_ptr<const JudgedHead>> by_note;
};

core::Result<const JudgedHead*> judged_once(const std::string& note,
                                            const trust::LedgerEntry& entry,
                                            const TlogConfig& config, const Judging& judging) {
  auto& place =
      judging.memo->of<JudgedHeads>().by_note[{entry.id, crypto::sha256(core::as_bytes(note))}];
  if (place) return place.get();
  HEYAN_TRY(Head head, read_head(note, config, judging.checker));
  Standing standing = stand(head, config, entry, judging);
  place = std::make_unique<const JudgedHead>(
      JudgedHead{.head = std::move(head), .standing = std::move(standing)});
  return place.get();
}

// A proof as far as it does not depend on an entry. `head` null: not readable, see `reasons`.
struct OpenedProof {
  Reasons reasons;
  LogProof proof;
  const JudgedHead* head = nullptr;
};

core::Result<OpenedProof> open(ByteView bytes, const trust::LedgerEntry& entry,
                               const TlogConfig& config, const Judging& judging) {
  OpenedProof opened;
  auto proof = transparency::parse_log_proof(core::as_text(bytes));
  if (!proof) {
    const bool other_version = proof.error().code == core::ErrorCode::kUnsupported;
    opened.reasons.insert(other_version ? Reason::kUnsupported : Reason::kParse);
    return opened;
  }
  opened.proof = *std::move(proof);
  HEYAN_TRY(opened.head, judged_once(opened.proof.checkpoint, entry, config, judging));
  return opened;
}

struct Entry {
  ByteView bytes;
  v1::DigestAlgorithm digest = v1::DIGEST_ALGORITHM_UNSPECIFIED;  // of a bare one
  std::optional<TreeHash> leaf = {};  // hashed when it is first asked for, for all proofs
};

core::Result<TreeHash> leaf_of(Entry& entry, crypto::SignatureChecker& checker) {
  if (!entry.leaf) entry.leaf = transparency::leaf_hash(entry.bytes, checker);
  if (!entry.leaf)
    return core::fail(core::ErrorCode::kInternal, "the libraries differ on a digest");
  return *entry.leaf;
}

// The hash of the entry's leaf, where the path leads from it to the signed root; else empty.
core::Result<Bytes> included_leaf(const OpenedProof& opened, Entry& entry,
                                  crypto::SignatureChecker& checker) {
  const transparency::Checkpoint& checkpoint = opened.head->head.checkpoint;
  const auto length = transparency::inclusion_path_length(opened.proof.index, checkpoint.size);
  if (length != opened.proof.path.size()) return Bytes();
  HEYAN_TRY(const TreeHash leaf, leaf_of(entry, checker));
  const auto root = transparency::root_from_inclusion(leaf, opened.proof.index, checkpoint.size,
                                                      opened.proof.path, checker);
  // Of the right length, so that only libraries that differ leave no hash.
  if (!root) return core::fail(core::ErrorCode::kInternal, "the libraries differ on a digest");
  return *root == checkpoint.root ? core::to_bytes(leaf) : Bytes();
}

class Offered {
 public:
  Offered(std::span<const ProofView> proofs, const v1::ItemRecord& measured) {
    for (const ProofView& one : proofs) {
      if (!looks_like_proof(one.bytes)) records_.push_back({one.declared->path(), {one.bytes}});
    }
    for (const v1::MeasuredDigest& one : measured.measured().digests()) {
      const bool strong = std::ranges::find(kStrong, one.algorithm()) != kStrong.end();
      if (strong && one.first() == one.second())
        digests_.push_back({.bytes = core::as_bytes(one.first()), .digest = one.algorithm()});
    }
  }

  // What this proof may be of.
  std::vector<Entry*> entries_of(const v1::Proof& declared) {
    const auto hint = std::ranges::find(declared.hints(), kRecordHint, &v1::Hint::name);
    if (hint != declared.hints().end()) return records(hint->value());
    std::vector<Entry*> all;
    for (Entry& one : digests_) all.push_back(&one);
    return all;
  }

 private:
  struct Record {
    std::string_view path;
    Entry entry;
  };

  std::vector<Entry*> records(std::string_view path) {
    std::vector<Entry*> all;
    for (Record& one : records_) {
      if (one.path == path) return {&one.entry};
      // Excerpts have no paths: whatever the proof proves of what there is, is in the log. All of
      // them are tried, for one that is passed over would be said not to be included.
      if (one.path.empty()) all.push_back(&one.entry);
    }
    return all;
  }

  std::vector<Record> records_;
  std::vector<Entry> digests_;
};

v1::LedgerRecord bare_record(const Entry& entry) {
  v1::LedgerRecord record;
  v1::Digest& digest = *record.add_digests();
  digest.set_algorithm(entry.digest);
  digest.set_value(core::to_string(entry.bytes));
  return record;
}

void read_entry(const Entry& entry, const TlogConfig& config, const Judging& judging,
                Judgement& judgement) {
  if (entry.digest != v1::DIGEST_ALGORITHM_UNSPECIFIED) {
    judgement.record = bare_record(entry);
  } else if (auto record = read_record(entry.bytes, config.places, judging.limits)) {
    judgement.record = *std::move(record);
  } else {
    judgement.reasons.insert(Reason::kRecordUnreadable);
  }
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// The item's record id is the record's own, or the number of its entry. Where records hold no id,
// one that is no number is a name outside this log.
void compare_names(const std::string& wanted, const TlogConfig& config, Judgement& judgement) {
  if (!judgement.record) return;
  v1::LedgerRecord& record = *judgement.record;
  const std::string number = std::to_string(judgement.index);
  const bool has_id = !config.places.id.empty() && !record.id().empty();
  if (!wanted.empty()) {
    judgement.named = wanted == number || (has_id && wanted == record.id());
    judgement.other_named = !judgement.named && (has_id || is_number(wanted));
  }
  if (record.id().empty()) record.set_id(number);
}

core::Result<void> judge_entries(const OpenedProof& opened, std::span<Entry* const> entries,
                                 const TlogConfig& config, const Judging& judging,
                                 Judgement& judgement) {
  if (entries.empty()) judgement.reasons.insert(Reason::kNoRecord);
  if (entries.empty() || !opened.head->head.authenticated()) return {};
  for (Entry* entry : entries) {
    HEYAN_TRY(judgement.leaf, included_leaf(opened, *entry, judging.checker));
    if (judgement.leaf.empty()) continue;
    if (opened.head->holds()) read_entry(*entry, config, judging, judgement);
    return {};
  }
  judgement.reasons.insert(Reason::kNotIncluded);
  return {};
}

core::Result<Judgement> judge_proof(const OpenedProof& opened, std::span<Entry* const> entries,
                                    const TlogConfig& config, const Judging& judging) {
  Judgement judgement;
  judgement.reasons = opened.reasons;
  if (opened.head == nullptr) return judgement;
  take_head(*opened.head, judgement);
  judgement.index = opened.proof.index;
  HEYAN_CHECK_OK(judge_entries(opened, entries, config, judging, judgement));
  return judgement;
}

}  // namespace

bool looks_like_proof(ByteView head) { return core::as_text(head).starts_with(kMagic); }

core::Result<std::vector<v1::Attestation>> attest(
    std::span<const ProofView> proofs, const v1::Item& item, const v1::ItemRecord& measured,
    const trust::LedgerEntry& entry, const TlogConfig& config, const Judging& judging) {
  Offered offered(proofs, measured);
  const bool any_proof =
      std::ranges::any_of(proofs, [](const ProofView& one) { return looks_like_proof(one.bytes); });
  std::vector<v1::Attestation> attestations;
  std::set<std::string> seen;  // the same file again says nothing new
  for (const ProofView& proof : proofs) {
    if (any_proof && !looks_like_proof(proof.bytes)) continue;  // an entry
    if (!seen.insert(core::to_string(proof.sha256)).second) continue;
    HEYAN_TRY(const OpenedProof opened, open(proof.bytes, entry, config, judging));
    HEYAN_TRY(Judgement judgement,
              judge_proof(opened, offered.entries_of(*proof.declared), config, judging));
    compare_names(item.record().id(), config, judgement);
    compare_digests(measured, judgement);
    attestations.push_back(describe(proof, judgement));
  }
  return attestations;
}

std::optional<std::string> signed_alone(ByteView proof, const trust::LedgerEntry& entry,
                                        const TlogConfig& config, const Judging& judging) {
  auto opened = open(proof, entry, config, judging);
  if (!opened || opened->head == nullptr || !opened->head->holds()) return std::nullopt;
  const std::uint64_t size = opened->head->head.checkpoint.size;
  if (transparency::inclusion_path_length(opened->proof.index, size) != opened->proof.path.size())
    return std::nullopt;
  auto note = transparency::parse_note(opened->proof.checkpoint);
  if (!note) return std::nullopt;
  std::erase_if(note->signatures, [&](const transparency::NoteSignature& line) {
    return std::ranges::none_of(config.known, [&](const transparency::NoteVerifier& key) {
      return key.name() == line.name && key.id() == line.id;
    });
  });
  opened->proof.checkpoint = transparency::encode_note(*note);
  opened->proof.extra.reset();
  return transparency::encode_log_proof(opened->proof);
}

core::Result<Reasons> check(ByteView proof, ByteView entry_bytes, const trust::LedgerEntry& entry,
                            const TlogConfig& config, const Judging& judging) {
  HEYAN_TRY(const OpenedProof opened, open(proof, entry, config, judging));
  Entry only{.bytes = entry_bytes};
  const std::array entries = {&only};
  HEYAN_TRY(Judgement judgement, judge_proof(opened, entries, config, judging));
  judgement.reasons.erase(Reason::kRecordUnreadable);  // a log may hold anything
  return std::move(judgement.reasons);
}

}  // namespace heyan::ledgers::tlog
