#include "gateway/service/deleter.h"

namespace heyan::service {
namespace {

constexpr std::size_t kAtOnce = 1000;

// Whose it was, and when it came; not whom it names.
core::Result<core::Bytes> left_of(store::Store& store, const std::string& submission) {
  using core::ErrorCode;
  HEYAN_TRY(const auto found,
            store.find_submission(submission, store::Scope::whole_installation()));
  v1::Session session;
  if (!found || !session.ParseFromString(core::to_string(found->session))) {
    return core::fail(ErrorCode::kInternal, "a submission's session does not read");
  }
  v1::Session left;
  *left.mutable_court() = session.court();
  left.set_account_id(session.account_id());
  left.set_authentication(session.authentication());
  left.set_received_at_ms(session.received_at_ms());
  return core::to_bytes(core::as_bytes(left.SerializeAsString()));
}

}  // namespace

Deleter::Deleter(Settings settings, store::Store& store, store::Vault& vault, SignerClient& signer)
    : settings_(std::move(settings)),
      store_(store),
      vault_(vault),
      signer_(signer),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

void Deleter::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const bool ours = store_.has_duty(store::Duty::kDeletions).value_or(false);
    const auto due = ours ? store_.due_deletions(settings_.now_ms(), kAtOnce)
                          : core::Result<std::vector<store::Deletion>>();
    if (due && !due->empty() && signer_.has_time()) {
      for (store::Deletion deletion : *due) {
        if (stop.stop_requested()) return;
        const auto done = carry_out(deletion);
        if (settings_.on_tried) settings_.on_tried(deletion, done ? nullptr : &done.error());
      }
    }
    std::unique_lock lock(mutex_);
    waiting_.wait_for(lock, stop, settings_.every, [] { return false; });
  }
}

core::Result<void> Deleter::carry_out(store::Deletion& deletion) {
  using core::ErrorCode;
  HEYAN_TRY(const bool begun, store_.begin_deletion(deletion.submission, settings_.now_ms()));
  if (!begun) return core::fail(ErrorCode::kChanged, "it was stopped a moment ago");
  v1::FrontAsks asks;
  asks.mutable_deletion()->set_submission_id(deletion.submission);
  HEYAN_TRY(const v1::FrontGets gets, signer_.ask(asks));
  if (!gets.has_deleted()) return core::fail(ErrorCode::kIo, "the signer did not log a deletion");
  deletion.deletion_index = gets.deleted().deletion_index();
  deletion.log = settings_.log;
  deletion.deleted_at_ms = gets.deleted().at_ms();
  HEYAN_TRY(const core::Bytes session, left_of(store_, deletion.submission));
  if (!begun_.contains(deletion.submission)) {
    HEYAN_CHECK_OK(settings_.record(Step::kBegins, deletion));
    begun_.insert(deletion.submission);
  }
  HEYAN_CHECK_OK(remove_files(deletion));
  HEYAN_CHECK_OK(settings_.record(Step::kRemoved, deletion));
  return store_.finish_deletion(deletion, session);
}

core::Result<void> Deleter::remove_files(const store::Deletion& deletion) {
  const store::VaultOwner owner{.court = deletion.court, .submission = deletion.submission};
  {
    HEYAN_TRY(const store::FilesToDelete files, store_.files_to_delete(deletion));
    HEYAN_CHECK_OK(vault_.remove_elsewhere(owner, files.all));
  }
  const auto removing = vault_.removing();
  HEYAN_TRY(const store::FilesToDelete files, store_.files_to_delete(deletion));
  return vault_.remove(owner, files.all, files.alone);
}

}  // namespace heyan::service
