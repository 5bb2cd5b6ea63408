#include "gateway/cli/record_input.h"

#include "gateway/bundle/check.h"
#include "gateway/cli/bundle_words.h"
#include "gateway/cli/console.h"
#include "gateway/os/folder.h"
#include "verifier/report/record_file.h"

namespace heyan::cli {
namespace {

// Proofs, case and trust list together.
constexpr std::size_t kLimitBytes = std::size_t{1} << 30;
constexpr std::string_view kRemedy =
    "Name a file that `heyan verify --record` wrote, or the court's bundle (.zip), which holds one "
    "(case.hcr).";

std::unexpected<Trouble> refused(const std::filesystem::path& path, std::string_view why) {
  while (why.ends_with('\n')) why.remove_suffix(1);
  return std::unexpected(
      trouble_of(core::Error{core::ErrorCode::kMalformed, why}, path.string(), kRemedy));
}

std::expected<v1::RecordFile, Trouble> record_in(core::ByteView file,
                                                 const std::filesystem::path& path,
                                                 catalogue::Language language) {
  auto opened = bundle::open(file);
  if (!opened) return refused(path, fault_sentence(opened.error(), language));
  if (opened->bundle.is_partys()) {
    return refused(path, say(language, "这是当事人的副本，不含完整的记录。",
                             "This is a party's copy, without the whole record."));
  }
  if (const auto bond = bundle::check_bonds(*opened, core::as_bytes(opened->bundle.payload));
      bond != bundle::Bond::kHolds) {
    return refused(path, bond_sentence(bond, language));
  }
  return std::move(opened->record);
}

}  // namespace

std::expected<v1::RecordFile, Trouble> read_record(const std::filesystem::path& path,
                                                   catalogue::Language language) {
  const auto bytes = os::read_named_file(path, kLimitBytes);
  if (!bytes) return std::unexpected(trouble_of_named(bytes.error(), path.string(), kRemedy));
  if (bundle::is_bundle(*bytes)) return record_in(*bytes, path, language);
  auto file = report::decode_record_file(*bytes, core::Limits());
  if (!file) return std::unexpected(trouble_of(file.error(), path.string(), kRemedy));
  return *std::move(file);
}

}  // namespace heyan::cli
