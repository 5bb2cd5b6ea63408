// An upload that is begun once, however often it is asked for: an answer that was lost, or two that
// send the same at once, leave one upload, whose bytes were counted and reserved once.
#include <functional>

#include "gateway/service/receiver.h"

namespace heyan::service {
namespace {

using core::ErrorCode;

core::Result<v1::Session> read_session(core::ByteView stored) {
  v1::Session session;
  if (session.ParseFromArray(stored.data(), static_cast<int>(stored.size()))) return session;
  return core::fail(ErrorCode::kInternal, "a stored session does not read");
}

}  // namespace

core::Result<std::string> Receiver::begin_upload(const store::Scope& scope,
                                                 const std::string& submission,
                                                 const std::string& path, std::uint64_t size,
                                                 const core::Bytes& expected,
                                                 const std::string& metadata) {
  HEYAN_CHECK_OK(with_.limits.check(size, 0));
  HEYAN_TRY(const auto stored, with_.store.receiving_session(submission, scope));
  // To nobody but whom it concerns.
  if (stored && !is_here(submission)) return core::fail(ErrorCode::kChanged, kElsewhere);
  HEYAN_TRY(const v1::Session session, read_session(stored.value_or(core::Bytes())));
  const auto most = most_under_way(with_, session);
  HEYAN_TRY(std::string id, store::new_submission_id());
  return begin_once(scope, {.id = std::move(id),
                            .submission = submission,
                            .path = path,
                            .size = size,
                            .expected = expected,
                            .metadata = metadata,
                            .limits = with_.limits,
                            .most_bytes = most ? std::optional(most->bytes) : std::nullopt});
}

core::Result<std::string> Receiver::begin_once(const store::Scope& scope,
                                               const store::NewUpload& upload) {
  std::string id = upload.id;
  // Who begins the same at once is told of it when it is there to stay.
  const std::size_t name = std::hash<std::string>{}(upload.submission + '/' + upload.path);
  std::unique_lock alone(beginning_[name % beginning_.size()]);
  if (const auto begun = with_.store.begin_upload(upload, scope); !begun) {
    HEYAN_TRY(const store::Upload found, find_begun(scope, upload, begun.error()));
    id = found.id;
    // Without its file the request before ended when there was a row and no room yet; or it is
    // complete, and lies in the vault.
    std::error_code error;
    if (found.complete || std::filesystem::exists(file_of(upload.submission, id), error)) return id;
  }
  HEYAN_TRY(UploadWriter writer, open(scope, id));
  if (const auto reserved = reserve(writer.file_, upload.size); !reserved) {
    static_cast<void>(let_go(writer.upload_));
    return std::unexpected(reserved.error());
  }
  alone.unlock();
  if (upload.size == 0) HEYAN_CHECK_OK(writer.commit());
  return id;
}

// Where Store::begin_upload said `refused`: the upload of that file, if what is asked for is what
// was begun. A digest that was not announced then is another upload: nobody holds the bytes against
// it. What is complete is the same where its digest was announced and is announced again: whoever
// missed the last answer cannot know that it is, least of all of a submission's last file, with
// which that is accepted. Without a digest that would be told to whoever has other bytes, and
// nobody would ever notice; but of a file without bytes there are no others.
core::Result<store::Upload> Receiver::find_begun(const store::Scope& scope,
                                                 const store::NewUpload& again,
                                                 const core::Error& refused) {
  if (refused.code != ErrorCode::kDuplicate && refused.code != ErrorCode::kNotFound) {
    return std::unexpected(refused);
  }
  HEYAN_TRY(auto found, with_.store.find_upload_of(again.submission, again.path, scope));
  if (!found || found->size != again.size) return std::unexpected(refused);
  const bool announced = !again.expected.empty();
  const bool same =
      announced ? again.expected == found->expected : !found->complete || found->size == 0;
  if (!same) return std::unexpected(refused);
  return *std::move(found);
}

}  // namespace heyan::service
