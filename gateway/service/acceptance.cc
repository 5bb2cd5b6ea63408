#include "gateway/service/acceptance.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "gateway/service/filing.h"
#include "verifier/core/text.h"
#include "verifier/uploads/file_kinds.h"

namespace heyan::service {
namespace {

using contents::Defect;
using core::ErrorCode;

std::unexpected<Refused> ours(const core::Error& error) {
  return std::unexpected(Refused{error, {}});
}

// What case.json names and nothing else, and no word against what the session knows.
std::vector<Defect> compare(const Acceptance& with, const v1::Submission& submission,
                            const Staged& staged, const v1::Session& session) {
  std::vector<Defect> defects;
  std::set<std::string> named{std::string(kCaseFile)};
  std::set<core::Bytes> proofs;
  std::uint64_t proof_bytes = 0;
  const auto expect = [&](const std::string& path, std::string pointer) -> const StagedPart* {
    named.insert(path);
    if (const StagedPart* part = staged.find(path)) return part;
    defects.push_back({std::move(pointer), "missing-file",
                       "\"" + core::visible(path) + "\" was not sent; send a part of this name"});
    return nullptr;
  };
  // The judge keeps each content once.
  const auto expect_proof = [&](const std::string& path, const std::string& pointer) {
    const StagedPart* const part = expect(path, pointer);
    if (part == nullptr || proofs.contains(part->sha256)) return;
    const auto fits = with.limits.check_proof(part->size, proof_bytes);
    if (!fits) {
      defects.push_back(defect_of(with.limits, fits.error(), path));
      defects.back().pointer = pointer;
      return;
    }
    proofs.insert(part->sha256);
    proof_bytes += part->size;
  };
  for (int i = 0; i < submission.evidence_size(); ++i) {
    const v1::Item& item = submission.evidence(i);
    const std::string place = "/evidence/" + std::to_string(i);
    expect(item.file().path(), place + "/file/path");
    for (int j = 0; j < item.proofs_size(); ++j) {
      expect_proof(item.proofs(j).path(), place + "/proofs/" + std::to_string(j) + "/path");
    }
  }
  for (const StagedPart& part : staged.parts()) {
    if (part.of_message || named.contains(part.path)) continue;
    defects.push_back(
        {"", "unnamed-file",
         "\"" + core::visible(part.path) + "\" was sent, and case.json names no such file"});
  }
  for (Defect& defect : find_defects(with, submission, session)) {
    defects.push_back(std::move(defect));
  }
  if (defects.size() > contents::kMaxDefects) defects.resize(contents::kMaxDefects);
  return defects;
}

core::Result<v1::Receipt> have_receipted(const Acceptance& with, const std::string& id,
                                         const std::vector<store::StoredFile>& files,
                                         const v1::Session& session) {
  v1::FrontAsks asks;
  v1::Intake& intake = *asks.mutable_intake();
  intake.set_submission_id(id);
  intake.set_court(session.court().code());
  for (const store::StoredFile& stored : files) {
    v1::StoredFile& file = *intake.add_files();
    file.set_path(stored.path);
    file.set_size(stored.size);
    file.set_sha256(core::to_string(stored.sha256));
  }
  HEYAN_TRY(v1::FrontGets gets, with.signer.ask(asks));
  if (!gets.has_receipt()) return core::fail(ErrorCode::kIo, "the signer gave no receipt");
  return std::move(*gets.mutable_receipt());
}

store::NewSubmission row_of(const Acceptance& with, const std::string& id,
                            const std::vector<store::StoredFile>& files, const v1::Session& session,
                            const v1::Receipt& receipt) {
  return {.id = id,
          .court = session.court().code(),
          .account = session.account_id(),
          .received_at_ms = with.now_ms ? with.now_ms() : session.received_at_ms(),
          .intake_index = receipt.intake_index(),
          .receipt = core::to_bytes(core::as_bytes(receipt.jws())),
          .session = core::to_bytes(core::as_bytes(session.SerializeAsString())),
          .files = files};
}

core::Result<void> move_to_vault(const Acceptance& with, const std::string& id,
                                 const std::vector<store::StagedFile>& from,
                                 const v1::Session& session) {
  const auto moved =
      with.vault.put_from_staging({.court = session.court().code(), .submission = id}, from);
  if (!moved) return core::fail(ErrorCode::kIo, moved.error().text);
  return {};
}

// An earlier request brought it: it was acknowledged, or its files are kept and it was not yet.
std::expected<Accepted, Refused> replayed(const Acceptance& with, const std::string& submission,
                                          const v1::Session& session,
                                          const store::IdempotencyKey& key) {
  const auto scope = store::Scope::of_account(session.court().code(), session.account_id());
  const auto found = with.store.find_submission(submission, scope);
  if (!found) return ours(found.error());
  if (*found) {
    if (const auto good = with.signer.receipts().confirm(**found); !good) return ours(good.error());
    return Accepted{.submission = submission, .receipt = (*found)->receipt, .replayed = true};
  }
  const auto receiving = with.store.find_receiving(submission, scope);
  if (!receiving) return ours(receiving.error());
  if (!*receiving) {
    return ours({ErrorCode::kInternal, "a submission that was acknowledged is gone"});
  }
  std::vector<store::StoredFile> files;
  for (const store::AwaitedFile& file : (*receiving)->files) {
    if (file.sha256.empty() || !file.upload.empty()) {
      return ours({ErrorCode::kDuplicate, "the files of this submission are being uploaded"});
    }
    if (!with.vault.find({.court = (*receiving)->court, .submission = submission}, file.sha256)) {
      return ours({ErrorCode::kIo, "a file of this submission is not in the vault"});
    }
    files.push_back({.path = file.path, .size = file.size, .sha256 = file.sha256});
  }
  return keep(with, submission, files, {}, session, key);
}

// What of it the vault has only with this. Of what is encrypted each submission has its own.
std::vector<core::Bytes> new_to_vault(const Acceptance& with, const store::VaultOwner& owner,
                                      std::span<const store::StagedFile> files) {
  std::vector<core::Bytes> found;
  if (with.vault.encrypts()) return found;
  for (const store::StagedFile& file : files) {
    if (!with.vault.find(owner, file.sha256)) found.push_back(file.sha256);
  }
  return found;
}

// What the store refused leaves nothing in the vault: from a bucket nobody else would remove it.
// What cannot be removed now stays.
void take_back(const Acceptance& with, const store::VaultOwner& owner,
               std::span<const store::StagedFile> from, std::span<const core::Bytes> brought) {
  std::vector<core::Bytes> all;
  for (const store::StagedFile& file : from) all.push_back(file.sha256);
  static_cast<void>(with.vault.remove_elsewhere(owner, all));
  const auto removing = with.vault.removing();
  const auto alone = with.store.unclaimed(std::string(owner.court), brought);
  if (alone) static_cast<void>(with.vault.remove(owner, all, *alone));
}

// The bytes, and that they are to be accepted: from here on a crash, a full disk or a signer that
// is away leaves no intake without a submission; the receiver goes on.
core::Result<store::Acceptance> put_by(const Acceptance& with, const std::string& id,
                                       const v1::Submission& submission,
                                       const std::vector<store::StoredFile>& files,
                                       const std::vector<store::StagedFile>& from,
                                       const v1::Session& session,
                                       const store::IdempotencyKey& key) {
  const store::NewReceiving receiving = receiving_of(with, id, submission, files, session, key);
  if (receiving.most) HEYAN_CHECK_OK(with.store.expect_room(receiving));
  const store::VaultOwner owner{.court = session.court().code(), .submission = id};
  auto putting = with.vault.putting();
  const std::vector<core::Bytes> brought = new_to_vault(with, owner, from);
  const auto moved = move_to_vault(with, id, from, session);
  core::Result<store::Acceptance> put = std::unexpected(moved ? core::Error() : moved.error());
  if (moved) put = with.store.begin_receiving(receiving);
  if (putting.owns_lock()) putting.unlock();
  // Whether a store that went away amid its answer has the row, nobody knows.
  const bool unknown = moved && !put && put.error().code == ErrorCode::kIo;
  const bool taken = put && put->outcome == store::Acceptance::Outcome::kAccepted;
  if (!taken && !unknown) take_back(with, owner, from, brought);
  return put;
}

std::expected<Accepted, Refused> accept_new(const Acceptance& with, const std::string& id,
                                            const Staged& staged, const v1::Session& session,
                                            const store::IdempotencyKey& key) {
  const StagedPart* case_json = staged.find(kCaseFile);
  if (case_json == nullptr) {
    return std::unexpected(
        Refused{{ErrorCode::kMalformed, "case.json is missing"},
                {{"", "missing-file", "a part named case or case.json is needed"}}});
  }
  HEYAN_TRY(const v1::Submission submission, read_case(with.boxes, *case_json));
  if (auto defects = compare(with, submission, staged, session); !defects.empty()) {
    return std::unexpected(
        Refused{{ErrorCode::kMalformed, "the submission has defects"}, std::move(defects)});
  }
  std::vector<store::StoredFile> files;
  std::vector<store::StagedFile> from;
  const auto add = [&](const StagedPart& part) {
    files.push_back({.path = part.path, .size = part.size, .sha256 = part.sha256});
    from.push_back({part.file, part.sha256});
  };
  add(*case_json);
  for (const StagedPart& part : staged.parts()) {
    if (part.path != kCaseFile) add(part);
  }
  const auto put = put_by(with, id, submission, files, from, session, key);
  if (!put) return std::unexpected(refused_by(with.limits, put.error()));
  switch (put->outcome) {
    case store::Acceptance::Outcome::kAccepted:
      break;
    case store::Acceptance::Outcome::kReplayed:
      return replayed(with, put->submission, session, key);
    case store::Acceptance::Outcome::kConflict:
      return ours({ErrorCode::kDuplicate, kKeyReused});
  }
  return keep(with, id, files, {}, session, key);
}

void add_part(crypto::Hasher& hasher, const StagedPart& part) {
  const std::string line = std::to_string(part.path.size()) + ":" + part.path + " " +
                           std::to_string(part.size) + " " + core::to_hex(part.sha256) + "\n";
  hasher.update(core::as_bytes(line));
}

}  // namespace

// A court's system files for many at once, and is slowed by the rate of its requests alone.
std::optional<store::UnderWay> most_under_way(const Acceptance& with, const v1::Session& session) {
  if (session.authentication() == v1::AUTHENTICATION_COURT_SYSTEM) return std::nullopt;
  return store::UnderWay{.submissions = store::kSubmissionsUnderWay,
                         .bytes = with.limits.account_bytes()};
}

store::NewReceiving receiving_of(const Acceptance& with, const std::string& id,
                                 const v1::Submission& submission,
                                 const std::vector<store::StoredFile>& files,
                                 const v1::Session& session, const store::IdempotencyKey& key) {
  return {.id = id,
          .court = session.court().code(),
          .account = session.account_id(),
          .session = core::to_bytes(core::as_bytes(session.SerializeAsString())),
          .key = key,
          .created_at_ms = session.received_at_ms(),
          .expires_at_ms = session.received_at_ms(),
          .files = files,
          .filing = filing_of(submission, session.court().code(), with.contents),
          .most = most_under_way(with, session)};
}

core::Bytes fingerprint_of(const Staged& staged) {
  std::map<std::string_view, const StagedPart*> by_path;
  for (const StagedPart& part : staged.parts()) by_path.emplace(part.path, &part);
  const auto hasher = crypto::openssl_hasher(crypto::Hash::kSha256);
  for (const auto& [path, part] : by_path) add_part(*hasher, *part);
  return hasher->finish();
}

core::Bytes fingerprint_as_sent(const Staged& staged) {
  const auto hasher = crypto::openssl_hasher(crypto::Hash::kSha256);
  for (const StagedPart& part : staged.parts()) add_part(*hasher, part);
  return hasher->finish();
}

std::expected<Accepted, Refused> accept(const Acceptance& with, const std::string& id,
                                        const Staged& staged, const v1::Session& session,
                                        const store::IdempotencyKey& key,
                                        const core::Bytes& as_it_came) {
  const KeysInUse::Ticket alone =
      with.keys.enter({session.court().code(), session.account_id(), key.key});
  if (!alone) {
    return ours({ErrorCode::kDuplicate, kUnderWay});
  }
  const auto used = with.store.find_key(session.court().code(), session.account_id(), key.key);
  if (!used) return ours(used.error());
  if (!*used) return accept_new(with, id, staged, session, key);
  const core::Bytes& kept = (*used)->fingerprint;
  if (kept == key.fingerprint || (!as_it_came.empty() && kept == as_it_came)) {
    return replayed(with, (*used)->submission, session, {key.key, kept});
  }
  return ours({ErrorCode::kDuplicate, kKeyReused});
}

namespace {

// Systems whose codes of courts are their own name courts by name alone.
std::vector<Defect> find_message_conflicts(const v1::Court& named, const v1::Court& own) {
  const bool same = named.code().empty() ? named.name().empty() || named.name() == own.name()
                                         : named.code() == own.code();
  if (same) return {};
  return {
      {"", "another-court",
       "the message is for another court than that of its sender's certificate; send it to that "
       "court, or have the certificate of that court registered"}};
}

std::vector<Defect> find_conflicts(const v1::Submission& submission, const v1::Session& session) {
  const std::string& court = submission.court().code();
  if (session.has_message()) return find_message_conflicts(submission.court(), session.court());
  if (court.empty() || court == session.court().code()) return {};
  return {{"/court/code", "conflict",
           "the court of the session is another one; leave it out or correct it"}};
}

// By the names alone: what a file holds is noted in the report, and kept out by nobody.
std::vector<Defect> find_unlisted(const v1::Submission& submission) {
  std::vector<Defect> defects;
  for (int i = 0; i < submission.evidence_size(); ++i) {
    const std::string& path = submission.evidence(i).file().path();
    if (uploads::kind_of(path.substr(path.rfind('/') + 1)) != nullptr) continue;
    if (defects.size() == contents::kMaxDefects) break;
    defects.push_back(
        {"/evidence/" + std::to_string(i) + "/file/path", "kind-not-taken",
         "\"" + core::visible(path) + "\"; taken are: " + uploads::listed_extensions()});
  }
  return defects;
}

}  // namespace

std::vector<Defect> find_defects(const Acceptance& with, const v1::Submission& submission,
                                 const v1::Session& session) {
  std::vector<Defect> defects = find_conflicts(submission, session);
  const bool system = session.authentication() == v1::AUTHENTICATION_COURT_SYSTEM;
  if (!with.people_listed || system) return defects;
  std::ranges::move(find_unlisted(submission), std::back_inserter(defects));
  if (defects.size() > contents::kMaxDefects) defects.resize(contents::kMaxDefects);
  return defects;
}

std::expected<Accepted, Refused> keep(const Acceptance& with, const std::string& id,
                                      const std::vector<store::StoredFile>& files,
                                      const std::vector<store::StagedFile>& from,
                                      const v1::Session& session,
                                      const store::IdempotencyKey& key) {
  {
    // What was received piece by piece has its digests in the store by now, so that a deletion
    // which asks after this sees them, and one that asked before has removed what it was to.
    const auto putting = with.vault.putting();
    if (const auto moved = move_to_vault(with, id, from, session); !moved)
      return ours(moved.error());
  }
  const auto receipt = have_receipted(with, id, files, session);
  if (!receipt) return ours(receipt.error());
  if (with.record && !with.record(id, session)) {
    return ours({ErrorCode::kIo, "it cannot be recorded that this submission was accepted"});
  }
  const auto accepted = with.store.accept(row_of(with, id, files, session, *receipt), &key);
  if (!accepted) return ours(accepted.error());
  switch (accepted->outcome) {
    case store::Acceptance::Outcome::kAccepted:
      return Accepted{.submission = id,
                      .receipt = core::to_bytes(core::as_bytes(receipt->jws())),
                      .replayed = false};
    case store::Acceptance::Outcome::kReplayed:
      return replayed(with, accepted->submission, session, key);
    case store::Acceptance::Outcome::kConflict:
      return ours({ErrorCode::kDuplicate, kKeyReused});
  }
  return ours({ErrorCode::kInternal, "no such outcome"});
}

}  // namespace heyan::service
