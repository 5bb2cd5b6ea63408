#include "gateway/keys/trust_in_force.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <charconv>

#include "gateway/os/folder.h"
#include "heyan/v1/case_record.pb.h"

namespace heyan::keys {
namespace {

using core::ErrorCode;

constexpr int kSeals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;

struct Sealed {
  core::Bytes document;
  v1::RecordFile files;
};

core::Result<core::Bytes> read_memory(os::Descriptor memory) {
  HEYAN_TRY(const os::FileState state, os::state_of(memory));
  os::MemorySink sink(state.size);
  HEYAN_TRY([[maybe_unused]] const os::FileReading reading,
            os::OpenFile(std::move(memory), state).read_all(sink));
  return std::move(sink).take();
}

std::optional<Sealed> parts_of(std::string_view text) {
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (error != std::errc() || !text.starts_with('\n') || text.size() - 1 < size) {
    return std::nullopt;
  }
  Sealed sealed{.document = core::to_bytes(text.substr(1, size)), .files = {}};
  if (!sealed.files.ParseFromString(std::string(text.substr(1 + size)))) return std::nullopt;
  return sealed;
}

}  // namespace

core::Result<os::Descriptor> seal_trust(const CourtTrust& trust) {
  v1::RecordFile files;
  *files.mutable_trust_list() = trust.list.files;
  *files.mutable_policy() = trust.policy.files;
  const std::string text = std::to_string(trust.document.size()) + '\n' +
                           core::to_string(trust.document) + files.SerializeAsString();
  os::Descriptor memory(::memfd_create("trust-in-force", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!memory.is_open() || ::write(memory.get(), text.data(), text.size()) != std::ssize(text) ||
      ::fcntl(memory.get(), F_ADD_SEALS, kSeals) != 0) {
    return core::fail(ErrorCode::kIo, "list and policy cannot be kept in memory");
  }
  return memory;
}

std::expected<CourtTrust, intake::Refusal> read_sealed_trust(os::Descriptor memory,
                                                             const ops::Trust& named,
                                                             bool production) {
  constexpr std::string_view kName = "what is in force";
  const auto bytes = read_memory(std::move(memory));
  if (!bytes) return std::unexpected(intake::refusal_of(bytes.error(), std::string(kName), ""));
  auto sealed = parts_of(core::as_text(*bytes));
  if (!sealed) {
    return std::unexpected(
        intake::refusal_of({ErrorCode::kMalformed, "these are no list and policy of a court"},
                           std::string(kName), ""));
  }
  HEYAN_TRY(intake::LoadedTrust list, intake::parse_trust(sealed->files.trust_list()));
  HEYAN_TRY(intake::LoadedPolicy policy, intake::parse_policy(sealed->files.policy()));
  return verify_court_trust(std::move(sealed->document), std::move(list), std::move(policy), named,
                            production);
}

}  // namespace heyan::keys
