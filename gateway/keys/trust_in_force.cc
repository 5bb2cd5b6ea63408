#include "gateway/keys/trust_in_force.h"

#include <fcntl.h>
#include <sys/mman.h>

#include "gateway/os/folder.h"
#include "heyan/v1/case_record.pb.h"
#include "verifier/core/time.h"

namespace heyan::keys {
namespace {

using core::ErrorCode;

constexpr int kSeals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;

// Files as a case record keeps them, and in the place of its time the one until which the court
// approved them.
core::Result<v1::RecordFile> read_files(os::Descriptor memory) {
  HEYAN_TRY(const os::FileState state, os::state_of(memory));
  os::MemorySink sink(state.size);
  HEYAN_TRY([[maybe_unused]] const os::FileReading reading,
            os::OpenFile(std::move(memory), state).read_all(sink));
  const core::Bytes bytes = std::move(sink).take();
  v1::RecordFile files;
  if (!files.ParseFromString(core::to_string(bytes)) || files.trust_list().empty() ||
      files.as_of_ms() <= 0) {
    return core::fail(ErrorCode::kMalformed, "these are no list and policy of a court");
  }
  return files;
}

}  // namespace

core::Result<os::Descriptor> seal_trust(const CourtTrust& trust) {
  v1::RecordFile files;
  *files.mutable_trust_list() = trust.list.files;
  *files.mutable_policy() = trust.policy.files;
  files.set_as_of_ms(core::to_unix_ms(trust.bundle.next_update));
  os::Descriptor memory(::memfd_create("trust-in-force", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!memory.is_open() || !files.SerializeToFileDescriptor(memory.get()) ||
      ::fcntl(memory.get(), F_ADD_SEALS, kSeals) != 0) {
    return core::fail(ErrorCode::kIo, "list and policy cannot be kept in memory");
  }
  return memory;
}

std::expected<TrustInForce, intake::Refusal> read_sealed_trust(os::Descriptor memory) {
  const auto files = read_files(std::move(memory));
  if (!files) return std::unexpected(intake::refusal_of(files.error(), "what is in force", ""));
  HEYAN_TRY(intake::LoadedTrust list, intake::parse_trust(files->trust_list()));
  HEYAN_TRY(intake::LoadedPolicy policy, intake::parse_policy(files->policy()));
  return TrustInForce{.list = std::move(list),
                      .policy = std::move(policy),
                      .approved_until = core::from_unix_ms(files->as_of_ms())};
}

}  // namespace heyan::keys
