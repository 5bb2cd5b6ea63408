#include "gateway/cli/message_file.h"

#include <algorithm>
#include <optional>

#include "gateway/cli/input_files.h"
#include "gateway/http/fields.h"
#include "gateway/http/message_body.h"
#include "gateway/os/nameless_file.h"
#include "verifier/core/text.h"

namespace heyan::cli {
namespace {

constexpr std::string_view kRemedy = "Name the message, or a whole HTTP request.";
constexpr std::size_t kHeadBytes = 64u << 10;

// A request as somebody recorded it.
struct Recorded {
  std::string content_type;
  core::ByteView body;
};

// Nothing: it does not begin with header lines.
std::optional<Recorded> read_recorded(core::ByteView bytes) {
  constexpr std::string_view kEnd = "\r\n\r\n";
  const std::string_view text = core::as_text(bytes).substr(0, kHeadBytes);
  const std::size_t end = text.find(kEnd);
  if (end == text.npos) return std::nullopt;
  std::string_view head = text.substr(0, end + 2);
  if (head.starts_with("POST ")) head.remove_prefix(head.find('\n') + 1);
  const auto fields = http::parse_fields(head, {});
  if (!fields || fields->empty()) return std::nullopt;
  const std::string* type = http::find_field(*fields, "content-type");
  return Recorded{.content_type = type == nullptr ? "" : *type,
                  .body = bytes.subspan(end + kEnd.size())};
}

class Files final : public http::MessageTaker {
 public:
  explicit Files(MessageFiles& files) : files_(files) {}

  core::Result<void> begin_message(const std::string& content_type) override {
    files_.message.set_content_type(content_type);
    in_message_ = true;
    return create();
  }
  core::Result<void> begin_part(const http::FormPart& part) override {
    v1::MessagePart& entry = *files_.message.add_parts();
    entry.set_name(part.name);
    entry.set_file_name(part.file_name.value_or(""));
    entry.set_content_type(part.content_type);
    in_message_ = false;
    return create();
  }
  core::Result<void> append(core::ByteView bytes) override {
    while (!bytes.empty()) {
      const auto space = open_->space();
      const std::size_t count = std::min(space.size(), bytes.size());
      std::ranges::copy(bytes.first(count), space.begin());
      HEYAN_CHECK_OK(open_->commit(count));
      bytes = bytes.subspan(count);
    }
    return {};
  }
  core::Result<void> finish() override {
    HEYAN_TRY(os::OpenFile file, (*std::exchange(open_, std::nullopt)).take());
    if (in_message_) {
      files_.body.push_back(std::move(file));
      return {};
    }
    files_.message.mutable_parts()->rbegin()->set_size(file.size());
    files_.parts.push_back(std::move(file));
    return {};
  }

 private:
  core::Result<void> create() {
    HEYAN_TRY(auto file, os::NamelessFile::create(kMessageBytes));
    open_.emplace(std::move(file));
    return {};
  }

  MessageFiles& files_;
  std::optional<os::NamelessFile> open_;
  bool in_message_ = false;
};

core::Result<void> cut(std::string_view content_type, core::ByteView bytes, MessageFiles& files) {
  Files taker(files);
  HEYAN_TRY(auto body, http::MessageBody::create(content_type, taker));
  HEYAN_CHECK_OK(body.feed(bytes));
  return body.finish();
}

std::expected<void, Trouble> add_part(const std::string& option, MessageFiles& files) {
  const std::size_t equals = option.find('=');
  if (equals == option.npos || equals == 0) {
    return std::unexpected(Trouble{.status = ExitStatus::kUsage,
                                   .what = "--part " + core::visible(option) + " names no file",
                                   .defects = {},
                                   .remedy = "Write --part NAME=FILE."});
  }
  const std::string path = option.substr(equals + 1);
  HEYAN_TRY(const core::Bytes bytes, read_input(path, kMessageBytes, "Name the file of the part."));
  Files taker(files);
  http::FormPart part;
  part.name = option.substr(0, equals);
  part.file_name = path.substr(path.rfind('/') + 1);
  const auto add = [&]() -> core::Result<void> {
    HEYAN_CHECK_OK(taker.begin_part(part));
    HEYAN_CHECK_OK(taker.append(bytes));
    return taker.finish();
  };
  if (const auto added = add(); !added) {
    return std::unexpected(trouble_of(added.error(), path, ""));
  }
  return {};
}

bool has_double_name(const v1::CourtMessage& message) {
  std::vector<std::string_view> names;
  for (const v1::MessagePart& part : message.parts()) names.push_back(part.name());
  std::ranges::sort(names);
  return std::ranges::adjacent_find(names) != names.end();
}

}  // namespace

std::expected<MessageFiles, Trouble> read_message_files(const AdaptersTryOptions& options) {
  HEYAN_TRY(const core::Bytes bytes, read_input(options.file, kMessageBytes, kRemedy));
  MessageFiles files;
  files.message.set_adapter(options.adapter);
  Recorded request{.content_type = options.content_type, .body = bytes};
  if (options.content_type.empty()) {
    if (auto recorded = read_recorded(bytes)) request = *std::move(recorded);
  }
  if (const auto done = cut(request.content_type, request.body, files); !done) {
    return std::unexpected(trouble_of(done.error(), options.file, kRemedy));
  }
  for (const std::string& part : options.parts) HEYAN_CHECK_OK(add_part(part, files));
  if (has_double_name(files.message)) {
    return std::unexpected(Trouble{.status = ExitStatus::kUsage,
                                   .what = "two parts have one name",
                                   .defects = {},
                                   .remedy = "Name each part once."});
  }
  return files;
}

}  // namespace heyan::cli
