#include "verifier/contents/zip.h"

#include <algorithm>
#include <map>

#include <zip.h>

#include "verifier/contents/zip_directory.h"
#include "verifier/contents/zip_rules.h"
#include "verifier/core/text.h"

namespace heyan::contents {
namespace {

using core::Error;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::size_t kChunkBytes = 64u << 10;
constexpr std::uint16_t kStore = 0;
// Ordinary where Info-ZIP streams an archive into a pipe: its local headers hold half of the
// numbers.
constexpr std::string_view kContradiction =
    "headers of the archive contradict each other: write it again, straight to a file";

Error error_of(int zip_code) {
  switch (zip_code) {
    case ZIP_ER_NOZIP:
    case ZIP_ER_INCONS:
      return {ErrorCode::kMalformed, kContradiction};
    case ZIP_ER_CRC:
      return {ErrorCode::kMalformed, "the content does not have the entry's CRC-32"};
    case ZIP_ER_ZLIB:
    case ZIP_ER_COMPRESSED_DATA:
      return {ErrorCode::kMalformed, "the compressed data are damaged"};
    case ZIP_ER_EOF:
      return {ErrorCode::kTruncated, "the archive ends within an entry"};
    case ZIP_ER_COMPNOTSUPP:
    case ZIP_ER_ENCRNOTSUPP:
    case ZIP_ER_NOPASSWD:
    case ZIP_ER_OPNOTSUPP:
    case ZIP_ER_MULTIDISK:
      return {ErrorCode::kUnsupported, "the archive uses what is not supported"};
    case ZIP_ER_READ:
    case ZIP_ER_SEEK:
    case ZIP_ER_TELL:
      return {ErrorCode::kIo, "the archive could not be read"};
    default:
      return {ErrorCode::kInternal, "the zip library failed"};
  }
}

// A ByteSource as libzip wants it: a position, and an error to ask for afterwards.
struct Input {
  explicit Input(const ByteSource& bytes) : source(bytes) { zip_error_init(&error); }
  ~Input() { zip_error_fini(&error); }
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  const ByteSource& source;
  std::uint64_t position = 0;
  zip_error_t error;
  std::optional<Error> failure;  // of the source, to be told instead of libzip's
};

zip_int64_t read_input(Input& input, void* data, zip_uint64_t length) {
  const std::span out(static_cast<std::uint8_t*>(data), length);
  const auto got = input.source.read_at(input.position, out);
  if (!got) {
    input.failure = got.error();
    zip_error_set(&input.error, ZIP_ER_READ, 0);
    return -1;
  }
  input.position += *got;
  return static_cast<zip_int64_t>(*got);
}

zip_int64_t input_callback(void* user, void* data, zip_uint64_t length, zip_source_cmd_t command) {
  Input& input = *static_cast<Input*>(user);
  switch (command) {
    case ZIP_SOURCE_OPEN:
      input.position = 0;
      return 0;
    case ZIP_SOURCE_READ:
      return read_input(input, data, length);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
      return 0;
    case ZIP_SOURCE_STAT: {
      auto* stat = static_cast<zip_stat_t*>(data);
      zip_stat_init(stat);
      stat->size = input.source.size();
      stat->valid = ZIP_STAT_SIZE;
      return sizeof(*stat);
    }
    case ZIP_SOURCE_ERROR:
      return zip_error_to_data(&input.error, data, length);
    case ZIP_SOURCE_SEEK: {
      const zip_int64_t position = zip_source_seek_compute_offset(
          input.position, input.source.size(), data, length, &input.error);
      if (position < 0) return -1;
      input.position = static_cast<std::uint64_t>(position);
      return 0;
    }
    case ZIP_SOURCE_TELL:
      return static_cast<zip_int64_t>(input.position);
    case ZIP_SOURCE_SUPPORTS:
      return ZIP_SOURCE_SUPPORTS_SEEKABLE;
    default:
      zip_error_set(&input.error, ZIP_ER_OPNOTSUPP, 0);
      return -1;
  }
}

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

}  // namespace

class ZipArchive::State {
 public:
  explicit State(const ByteSource& source) : input_(source) {}
  ~State() {
    if (archive_ != nullptr) zip_discard(archive_);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  Result<void> open() {
    zip_error_t error;
    zip_error_init(&error);
    if (zip_source_t* source = zip_source_function_create(&input_callback, &input_, &error)) {
      archive_ = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
      if (archive_ == nullptr) zip_source_free(source);
    }
    const int code = zip_error_code_zip(&error);
    zip_error_fini(&error);
    if (archive_ == nullptr) return std::unexpected(reported(code));
    return {};
  }

  // libzip applies extra fields to names; a name that it sees otherwise than the directory says is
  // refused.
  std::expected<void, ZipFault> adopt(const std::vector<RawEntry>& raw) {
    if (zip_get_num_entries(archive_, 0) != static_cast<zip_int64_t>(raw.size())) {
      return std::unexpected(
          ZipFault{{ErrorCode::kMalformed, kContradiction}, "", ZipRule::kHeaders});
    }
    for (std::size_t i = 0; i < raw.size(); ++i) {
      const char* name = zip_get_name(archive_, i, ZIP_FL_ENC_RAW);
      zip_stat_t stat;
      if (name == nullptr || raw[i].name != name || zip_stat_index(archive_, i, 0, &stat) != 0 ||
          stat.size != raw[i].size || stat.comp_size != raw[i].packed) {
        return std::unexpected(ZipFault{{ErrorCode::kMalformed, "the entry has two names or sizes"},
                                        core::visible(raw[i].name),
                                        ZipRule::kHeaders});
      }
      ZipEntry entry{.name = raw[i].name,
                     .size = raw[i].size,
                     .is_folder = is_folder(raw[i]),
                     .stored = raw[i].method == kStore,
                     .packed = raw[i].packed,
                     .offset = raw[i].offset};
      if (entry.is_folder) entry.name.pop_back();
      if (!entry.is_folder) files_.emplace(entry.name, i);
      entries_.push_back(std::move(entry));
    }
    return {};
  }

  Result<void> read(std::size_t index, const Sink& sink) {
    if (index >= entries_.size() || entries_[index].is_folder) {
      return fail(ErrorCode::kNotFound, "there is no such file in the archive");
    }
    const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(archive_, index, 0));
    if (file == nullptr)
      return std::unexpected(reported(zip_error_code_zip(zip_get_error(archive_))));
    const std::uint64_t declared = entries_[index].size;
    core::Bytes chunk(kChunkBytes);
    std::uint64_t total = 0;
    while (true) {
      const zip_int64_t got = zip_fread(file.get(), chunk.data(), chunk.size());
      if (got < 0)
        return std::unexpected(reported(zip_error_code_zip(zip_file_get_error(file.get()))));
      if (got == 0) break;
      const auto count = static_cast<std::size_t>(got);
      if (count > declared - total) {
        return fail(ErrorCode::kMalformed, "the entry inflates to more than it declares");
      }
      total += count;
      HEYAN_CHECK_OK(sink(core::ByteView(chunk).first(count)));
    }
    if (total != declared)
      return fail(ErrorCode::kTruncated, "the entry inflates to less than it declares");
    return {};
  }

  const std::vector<ZipEntry>& entries() const { return entries_; }

  std::optional<std::size_t> find(std::string_view name) const {
    const auto found = files_.find(name);
    if (found == files_.end()) return std::nullopt;
    return found->second;
  }

 private:
  Error reported(int zip_code) const {
    return input_.failure ? *input_.failure : error_of(zip_code);
  }

  Input input_;
  zip_t* archive_ = nullptr;
  std::vector<ZipEntry> entries_;
  std::map<std::string, std::size_t, std::less<>> files_;
};

ZipArchive::ZipArchive(std::unique_ptr<State> state) : state_(std::move(state)) {}
ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;
ZipArchive& ZipArchive::operator=(ZipArchive&&) noexcept = default;
ZipArchive::~ZipArchive() = default;

std::expected<ZipArchive, ZipFault> ZipArchive::open(const ByteSource& source,
                                                     const core::Limits& limits) {
  const auto directory = read_directory(source, limits);
  if (!directory) return std::unexpected(directory.error());
  auto state = std::make_unique<State>(source);
  // The directory is in order by now: what libzip still finds stands in the local headers.
  if (const auto opened = state->open(); !opened) {
    const bool headers = opened.error().code == ErrorCode::kMalformed;
    return std::unexpected(
        ZipFault{opened.error(), "", headers ? ZipRule::kHeaders : ZipRule::kStructure});
  }
  if (const auto adopted = state->adopt(*directory); !adopted)
    return std::unexpected(adopted.error());
  return ZipArchive(std::move(state));
}

const std::vector<ZipEntry>& ZipArchive::entries() const { return state_->entries(); }

std::optional<std::size_t> ZipArchive::find(std::string_view name) const {
  return state_->find(name);
}

Result<void> ZipArchive::read(std::size_t entry, const Sink& sink) {
  return state_->read(entry, sink);
}

Result<std::string> find_case_root(std::span<const ZipEntry> entries) {
  constexpr std::string_view kCase = "case.json";
  constexpr std::string_view kFinder = "__MACOSX";
  std::optional<std::string> folder;
  bool beneath_one = true;
  for (const ZipEntry& entry : entries) {
    if (entry.name == kCase && !entry.is_folder) return "";
    const std::string top = entry.name.substr(0, entry.name.find('/'));
    if (top == kFinder) continue;
    if (folder && *folder != top) beneath_one = false;
    folder = top;
  }
  if (folder && beneath_one) {
    std::string prefix = *folder + '/';
    const std::string wanted = prefix + std::string(kCase);
    for (const ZipEntry& entry : entries) {
      if (!entry.is_folder && entry.name == wanted) return prefix;
    }
  }
  return fail(ErrorCode::kNotFound, "no case.json at the root of the archive");
}

}  // namespace heyan::contents
