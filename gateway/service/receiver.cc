#include "gateway/service/receiver.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <set>
#include <system_error>
#include <utility>

#include "gateway/service/stored_session.h"
#include "verifier/crypto/digest.h"

namespace heyan::service {
namespace {

using core::ErrorCode;

core::Error io(std::string_view what) { return {ErrorCode::kIo, what}; }

// Threat: gateways share the table of what is received, and who took one of them over writes into
// it. Whatever is called a submission or an upload there, its name leads out of no folder.
std::string file_name(const std::string& id) {
  constexpr std::size_t kLongest = 64;
  const auto plain = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; };
  const bool is_name = !id.empty() && id.size() <= kLongest && std::ranges::all_of(id, plain);
  return is_name ? id : core::to_hex(crypto::sha256(core::as_bytes(id)));
}

// A file or a folder.
bool sync(const std::filesystem::path& path) {
  const os::Descriptor opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  return opened.is_open() && ::fsync(opened.get()) == 0;
}

// case.json, which is there, and each file that it names once.
std::vector<store::StoredFile> files_of(const StagedPart& case_json,
                                        const v1::Submission& submission) {
  std::vector<store::StoredFile> files = {
      {.path = case_json.path, .size = case_json.size, .sha256 = case_json.sha256}};
  std::set<std::string> known{std::string(kCaseFile)};
  const auto add = [&](const std::string& path) {
    if (known.insert(path).second) files.push_back({.path = path, .size = 0, .sha256 = {}});
  };
  for (const v1::Item& item : submission.evidence()) {
    add(item.file().path());
    for (const v1::Proof& proof : item.proofs()) add(proof.path());
  }
  return files;
}

std::set<std::string> proofs_of(const v1::Submission& submission) {
  std::set<std::string> paths;
  for (const v1::Item& item : submission.evidence()) {
    for (const v1::Proof& proof : item.proofs()) paths.insert(proof.path());
  }
  return paths;
}

}  // namespace

core::Result<std::unique_ptr<Receiver>> Receiver::start(Settings settings, Acceptance acceptance) {
  std::unique_ptr<Receiver> receiver(new Receiver(std::move(settings), acceptance));
  HEYAN_CHECK_OK(receiver->clean());
  receiver->thread_ =
      std::jthread([self = receiver.get()](const std::stop_token& stop) { self->work(stop); });
  return receiver;
}

Receiver::~Receiver() {
  thread_.request_stop();
  waiting_.notify_all();
}

std::filesystem::path Receiver::folder_of(const std::string& submission) const {
  return settings_.folder / file_name(submission);
}

std::filesystem::path Receiver::file_of(const std::string& submission,
                                        const std::string& upload) const {
  return folder_of(submission) / (upload.empty() ? std::string(kCaseFile) : file_name(upload));
}

// Its folder is made before its row, and goes after it was accepted.
bool Receiver::is_here(const std::string& submission) const {
  std::error_code error;
  return !settings_.shared || std::filesystem::exists(folder_of(submission), error);
}

core::Result<void> Receiver::expect_here(const store::Upload& upload) const {
  if (upload.complete || is_here(upload.submission)) return {};
  return core::fail(ErrorCode::kChanged, kElsewhere);
}

std::int64_t Receiver::end_of_life() const { return settings_.now_ms() + settings_.life.count(); }

std::expected<std::string, Refused> Receiver::begin(const std::string& id, const Staged& staged,
                                                    const v1::Session& session,
                                                    const store::IdempotencyKey& key) {
  HEYAN_TRY(std::string begun, begin_alone(id, staged, session, key));
  accept_if_whole(begun);
  return begun;
}

std::expected<std::string, Refused> Receiver::begin_alone(const std::string& id,
                                                          const Staged& staged,
                                                          const v1::Session& session,
                                                          const store::IdempotencyKey& key) {
  const auto ours = [](const core::Error& error) { return std::unexpected(Refused{error, {}}); };
  const KeysInUse::Ticket alone =
      with_.keys.enter({session.court().code(), session.account_id(), key.key});
  if (!alone) {
    return ours({ErrorCode::kDuplicate, kUnderWay});
  }
  const StagedPart& case_json = *staged.find(kCaseFile);
  HEYAN_TRY(const v1::Submission submission, read_case(with_.boxes, case_json));
  if (auto defects = find_defects(with_, submission, session); !defects.empty()) {
    return std::unexpected(
        Refused{{ErrorCode::kMalformed, "the submission has defects"}, std::move(defects)});
  }
  std::error_code error;
  std::filesystem::create_directory(folder_of(id), error);
  if (sync(case_json.file)) std::filesystem::rename(case_json.file, file_of(id, ""), error);
  if (error || !sync(file_of(id, "")) || !sync(folder_of(id)) || !sync(settings_.folder)) {
    return ours(io("the case could not be stored"));
  }
  store::NewReceiving receiving =
      receiving_of(with_, id, submission, files_of(case_json, submission), session, key);
  receiving.expires_at_ms = end_of_life();
  receiving.proofs = proofs_of(submission);
  const auto begun = begin_row(receiving);
  const bool unknown = !begun && begun.error().code == ErrorCode::kIo;
  const bool taken = begun && begun->submission == id;
  if (unknown) remember_unsure(id);
  if (!taken && !unknown) std::filesystem::remove_all(folder_of(id), error);
  if (!begun) return std::unexpected(refused_by(with_.limits, begun.error()));
  if (begun->outcome == store::Acceptance::Outcome::kConflict) {
    return ours({ErrorCode::kDuplicate, kKeyReused});
  }
  return begun->submission;
}

// Whether a store that went away amid its answer has the row, nobody knows until it is asked again:
// by its key, and as a writer, who waits for what the one before is still at. What was there after
// all is a replay of itself. kIo where that is no answer either.
core::Result<store::Acceptance> Receiver::begin_row(const store::NewReceiving& receiving) {
  auto begun = with_.store.begin_receiving(receiving);
  if (begun || begun.error().code != ErrorCode::kIo) return begun;
  auto again = with_.store.begin_receiving(receiving);
  return again ? std::move(again) : std::move(begun);
}

// The room that is promised: one at a time, so that the disk is seen with what was promised before.
// Where the file system cannot promise, it is found out later.
core::Result<void> Receiver::reserve(const os::Descriptor& file, std::uint64_t bytes) {
  if (bytes == 0) return {};
  const std::lock_guard lock(reserving_);
  if (settings_.has_room && !settings_.has_room(bytes)) return std::unexpected(io(kNoRoom));
  if (::fallocate(file.get(), FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(bytes)) != 0 &&
      errno == ENOSPC) {
    return std::unexpected(io(kNoRoom));
  }
  return {};
}

core::Result<std::optional<store::Upload>> Receiver::find(const store::Scope& scope,
                                                          const std::string& upload) {
  HEYAN_TRY(auto found, with_.store.find_upload(upload, scope));
  if (found) HEYAN_CHECK_OK(expect_here(*found));
  return found;
}

core::Result<store::Upload> Receiver::find_own(const store::Scope& scope, const std::string& id) {
  HEYAN_TRY(auto found, with_.store.find_upload(id, scope));
  if (!found) return core::fail(ErrorCode::kNotFound, "there is no such upload");
  return *std::move(found);
}

// Whose the upload is not makes nobody end.
core::Result<std::shared_ptr<UploadWriter::Turn>> Receiver::enter(const store::Scope& scope,
                                                                  const std::string& id) {
  HEYAN_TRY(const store::Upload upload, find_own(scope, id));
  auto turn = std::make_shared<UploadWriter::Turn>();
  turn->submission = upload.submission;
  const std::lock_guard lock(mutex_);
  const auto [at, alone] = writing_.emplace(id, turn);
  if (alone) return turn;
  at->second->wanted = true;
  return core::fail(ErrorCode::kDuplicate, "another request is writing this upload");
}

core::Result<UploadWriter> Receiver::open(const store::Scope& scope, const std::string& id) {
  HEYAN_TRY(std::shared_ptr<const UploadWriter::Turn> turn, enter(scope, id));
  // As it is now that nobody else changes it.
  auto upload = find_own(scope, id);
  if (!upload) {
    const std::lock_guard lock(mutex_);
    writing_.erase(id);
    return std::unexpected(upload.error());
  }
  // From here on it gives its place back.
  UploadWriter writer(*this, *std::move(upload), std::move(turn));
  HEYAN_CHECK_OK(expect_here(writer.upload_));
  if (writer.complete()) return writer;
  const std::filesystem::path path = file_of(writer.upload_.submission, id);
  writer.file_ =
      os::Descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!writer.file_.is_open()) return std::unexpected(io("the upload cannot be opened"));
  // Bytes beyond the offset were never acknowledged, and may not be what was sent: what comes is
  // written over them. To cut them off would give the reserved room back, to whoever asks first.
  struct stat status{};
  if (::fstat(writer.file_.get(), &status) != 0 || std::cmp_less(status.st_size, writer.offset_)) {
    return std::unexpected(io("the upload cannot be opened"));
  }
  const std::lock_guard lock(mutex_);
  if (const auto kept = digesting_.extract(id);
      !kept.empty() && kept.mapped().offset == writer.offset_) {
    writer.hasher_ = std::move(kept.mapped().hasher);
  } else if (writer.offset_ == 0) {
    writer.hasher_ = crypto::openssl_hasher(crypto::Hash::kSha256);
  }
  return writer;
}

core::Result<void> Receiver::drop(UploadWriter writer) {
  writer.hasher_.reset();
  return let_go(writer.upload_);
}

// Its file has no other name than the upload's: another upload of the same path is another file,
// whatever is still being done to this one. What is not counted any more takes no room.
core::Result<void> Receiver::let_go(const store::Upload& upload) {
  HEYAN_CHECK_OK(with_.store.drop_upload(upload.id));
  std::error_code error;
  std::filesystem::remove(file_of(upload.submission, upload.id), error);
  if (error) return std::unexpected(io("it stays on the disk until the submission ends"));
  return {};
}

bool Receiver::is_written(const std::string& submission) {
  const std::lock_guard lock(mutex_);
  return std::ranges::any_of(writing_,
                             [&](const auto& one) { return one.second->submission == submission; });
}

void Receiver::release(UploadWriter& writer) {
  const std::lock_guard lock(mutex_);
  const std::string& id = writer.upload_.id;
  const bool resumable = !writer.complete() && writer.hasher_ != nullptr &&
                         writer.offset_ == writer.upload_.offset && writer.offset_ != 0;
  if (resumable) {
    digesting_.insert_or_assign(id, Digesting{.submission = writer.upload_.submission,
                                              .offset = writer.offset_,
                                              .hasher = std::move(writer.hasher_),
                                              .number = ++digested_});
  }
  // Whoever left theirs longest is the least likely to come back; theirs are read again then.
  if (digesting_.size() > settings_.most_digesting) {
    digesting_.erase(std::ranges::min_element(digesting_, {},
                                              [](const auto& one) { return one.second.number; }));
  }
  writing_.erase(id);
}

void Receiver::accept_if_whole(const std::string& submission) {
  // What fails is tried again by the sweep.
  if (const auto accepted = accept_whole(submission); !accepted && settings_.not_accepted) {
    settings_.not_accepted(submission, accepted.error());
  }
}

// What lies in the vault any gateway goes on with, if the one that received it has not after a
// while: what came in one request, and what was uploaded once all of it was put there, which a
// bucket has whatever became of that gateway's disk. Until then it lies where it was uploaded.
bool Receiver::may_accept(const store::Receiving& received) const {
  if (is_here(received.id)) return true;
  const bool late = settings_.now_ms() - received.created_at_ms >= settings_.others_turn.count();
  if (!late || (settings_.others_of && !settings_.others_of(received.account))) return false;
  const auto uploaded = [](const store::AwaitedFile& file) { return !file.upload.empty(); };
  const auto put = [&](const store::AwaitedFile& file) {
    return with_.vault.find({.court = received.court, .submission = received.id}, file.sha256)
        .has_value();
  };
  return std::ranges::none_of(received.files, uploaded) || std::ranges::all_of(received.files, put);
}

core::Result<void> Receiver::accept_whole(const std::string& submission) {
  const auto find = [&] {
    return with_.store.find_receiving(submission, store::Scope::whole_installation());
  };
  HEYAN_TRY(const auto named, find());
  if (!named) return {};
  const KeysInUse::Ticket alone = with_.keys.enter({named->court, named->account, named->key.key});
  if (!alone) return {};  // a request is at it
  HEYAN_TRY(const auto found, find());
  if (!found || !may_accept(*found)) return {};  // and did it, or another gateway does
  std::vector<store::StoredFile> files;
  std::vector<store::StagedFile> from;
  std::error_code error;
  for (const store::AwaitedFile& file : found->files) {
    if (file.sha256.empty()) return {};
    files.push_back({.path = file.path, .size = file.size, .sha256 = file.sha256});
    const std::filesystem::path path = file_of(submission, file.upload);
    if (std::filesystem::exists(path, error)) {
      from.push_back({path, file.sha256});
    } else {
      // An earlier attempt put it there.
      HEYAN_CHECK_OK(
          with_.vault.find({.court = found->court, .submission = submission}, file.sha256));
    }
  }
  HEYAN_TRY(v1::Session session, stored_session(found->session, found->court, found->account));
  session.set_received_at_ms(settings_.now_ms());
  const auto kept = keep(with_, submission, files, from, session, found->key);
  if (!kept) return std::unexpected(kept.error().error);
  std::filesystem::remove_all(folder_of(submission), error);
  if (settings_.accepted) settings_.accepted();
  return {};
}

}  // namespace heyan::service
