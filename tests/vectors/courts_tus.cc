// Kind tus-sequence of topic courts: the requests of a tus 1.0 client, through the gate, the reader
// of tus' header fields and the receiver of uploads with its database and files. Our uploads belong
// to a submission and have a path in it, so these two are added to what the client's metadata say.
// (That the whole gateway answers so is what tests/functional/gateway/uploads_test sees.)
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>

#include "gateway/api/tus.h"
#include "gateway/http/gate.h"
#include "gateway/ipc/frame_limits.h"
#include "gateway/service/receiver.h"
#include "tests/vectors/kinds.h"

namespace heyan::vectors {

std::span<const Kind> courts_tus();

namespace {

constexpr std::string_view kSubmission = "submission";
constexpr std::string_view kUploads = "/v1/uploads";
constexpr std::string_view kUnnamed = "upload";
constexpr std::uint64_t kMostBytes = 64u << 20;

struct Request {
  std::string method;
  std::string fields;  // lines with CRLF
  std::string wanted;  // "204 Upload-Offset: 100000"
};

struct Answer {
  int status = 0;
  std::map<std::string, std::string> fields;  // names as tus writes them
};

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.emplace_back(line);
  }
  return lines;
}

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  while (!line.empty()) {
    const std::string_view word = line.substr(0, line.find(' '));
    line.remove_prefix(std::min(word.size() + 1, line.size()));
    if (!word.empty()) words.emplace_back(word);
  }
  return words;
}

// "PATCH {Location} offset 100000 length 100000"
Request short_form(const std::vector<std::string>& words) {
  Request request;
  request.method = words.front();
  request.fields = "Tus-Resumable: 1.0.0\r\n";
  for (std::size_t i = 2; i + 1 < words.size(); i += 2) {
    const bool offset = words[i] == "offset";
    request.fields += (offset ? "Upload-Offset: " : "Content-Length: ") + words[i + 1] + "\r\n";
  }
  if (request.method == "PATCH")
    request.fields += "Content-Type: application/offset+octet-stream\r\n";
  return request;
}

std::vector<Request> read_transcript(std::string_view text) {
  std::vector<Request> requests;
  for (const std::string& line : lines_of(text)) {
    const std::size_t arrow = line.find("-> ");
    const auto words = words_of(std::string_view(line).substr(0, arrow));
    if (words.size() == 3 && words[2] == "HTTP/1.1") {
      requests.push_back({.method = words[0], .fields = {}, .wanted = {}});
    } else if (arrow != std::string::npos && !words.empty()) {
      requests.push_back(short_form(words));
    } else if (arrow == std::string::npos && !requests.empty() && line.contains(':')) {
      requests.back().fields += line + "\r\n";
    }
    if (arrow != std::string::npos && !requests.empty())
      requests.back().wanted = line.substr(arrow + 3);
  }
  return requests;
}

// One key of the client's own metadata.
std::string metadata_of(const http::RequestHead& head, std::string_view key) {
  const std::string* const field = head.find("upload-metadata");
  if (field == nullptr) return {};
  for (const std::string_view pair : http::split_list(*field)) {
    if (!pair.starts_with(std::string(key) + " ")) continue;
    return core::to_string(core::from_base64(pair.substr(key.size() + 1)).value_or(core::Bytes()));
  }
  return {};
}

class Uploads {
 public:
  // Nobody accepts anything here: a second file is never sent.
  static std::unique_ptr<Uploads> make(const std::string& path) {
    std::string pattern = (std::filesystem::temp_directory_path() / "heyan-tus-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) return nullptr;
    auto uploads = std::unique_ptr<Uploads>(new Uploads(pattern, path));
    return uploads->start() ? std::move(uploads) : nullptr;
  }
  ~Uploads() {
    receiver_.reset();
    store_.reset();
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
  }
  Uploads(const Uploads&) = delete;
  Uploads& operator=(const Uploads&) = delete;

  Answer answer(const http::RequestHead& head) {
    const std::string* const version = head.find("tus-resumable");
    if (version == nullptr || *version != api::kTusVersion) return {412, {}};
    switch (head.method) {
      case http::Method::kPost:
        return create(head);
      case http::Method::kPatch:
        return append(head);
      case http::Method::kHead:
        return state();
      default:
        return {405, {}};
    }
  }
  const std::string& filename() const { return filename_; }
  const std::string& filetype() const { return filetype_; }
  std::uint64_t length() const { return length_; }

 private:
  Uploads(std::filesystem::path folder, std::string path)
      : folder_(std::move(folder)), path_(std::move(path)) {}

  bool start() {
    auto store = store::Store::open(folder_ / "front.db");
    auto vault = store::Vault::open(folder_ / "vault");
    auto signer = ipc::make_pair();
    auto boxes = ipc::make_pair();
    if (!store || !vault || !signer || !boxes) return false;
    store_ = *std::move(store);
    vault_ = *std::move(vault);
    signer_ = std::make_unique<service::SignerClient>(std::move(signer->a));
    boxes_ = std::make_unique<ipc::Doors>(std::move(boxes->a), ipc::kBoxFrameBytes);
    auto receiver = service::Receiver::start(
        {.folder = folder_ / "receiving",
         .life = std::chrono::hours(1),
         .now_ms = [] { return std::int64_t{1000}; },
         .accepted = {},
         .not_accepted = {}},
        service::Acceptance{*store_,
                            *vault_,
                            *signer_,
                            *boxes_,
                            keys_,
                            nullptr,
                            {.file_bytes = kMostBytes, .submission_bytes = kMostBytes}});
    if (!receiver) return false;
    receiver_ = *std::move(receiver);
    v1::Session session;
    session.set_account_id("a");
    session.mutable_court()->set_code("0491");
    const store::NewReceiving receiving{
        .id = std::string(kSubmission),
        .court = "0491",
        .account = "a",
        .session = core::to_bytes(core::as_bytes(session.SerializeAsString())),
        .key = {"key", core::Bytes(32, 1)},
        .created_at_ms = 1000,
        .expires_at_ms = 10'000'000,
        .files = {{"case.json", 2, core::Bytes(32, 1)}, {path_, 0, {}}, {path_ + ".never", 0, {}}}};
    std::error_code error;
    std::filesystem::create_directories(folder_ / "receiving" / kSubmission, error);
    return store_->begin_receiving(receiving).has_value();
  }

  Answer create(const http::RequestHead& head) {
    const auto size = api::parse_length(head.find("upload-length"));
    const std::string* const field = head.find("upload-metadata");
    const auto metadata = api::parse_metadata(field != nullptr ? *field : "");
    if (!size || !metadata) return {400, {}};
    const auto id =
        receiver_->begin_upload(scope_, metadata->submission, metadata->path, *size, {}, *field);
    if (!id) return {id.error().code == core::ErrorCode::kLimit ? 413 : 409, {}};
    filename_ = metadata_of(head, "filename");
    filetype_ = metadata_of(head, "filetype");
    length_ = *size;
    upload_ = *id;
    return {201, {{"Location", std::string(kUploads) + "/" + upload_}}};
  }

  Answer append(const http::RequestHead& head) {
    const std::string* const type = head.find("content-type");
    if (type == nullptr || *type != "application/offset+octet-stream") return {415, {}};
    const auto offset = api::parse_length(head.find("upload-offset"));
    if (!offset) return {400, {}};
    auto writer = receiver_->open(scope_, upload_);
    if (!writer) return {writer.error().code == core::ErrorCode::kNotFound ? 404 : 409, {}};
    if (writer->offset() != *offset) return {409, {}};
    if (head.content_length.value_or(0) > writer->size() - writer->offset()) return {413, {}};
    const core::Bytes bytes(static_cast<std::size_t>(head.content_length.value_or(0)), 'x');
    if (!writer->append(bytes) || !writer->commit()) return {503, {}};
    return {204, {{"Upload-Offset", std::to_string(writer->offset())}}};
  }

  Answer state() {
    const auto found = receiver_->find(scope_, upload_);
    if (!found || !*found) return {404, {}};
    return {200,
            {{"Upload-Offset", std::to_string((*found)->offset)},
             {"Upload-Length", std::to_string((*found)->size)}}};
  }

  std::filesystem::path folder_;
  std::string path_;
  store::Scope scope_ = store::Scope::of_account("0491", "a");
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<store::Vault> vault_;
  std::unique_ptr<service::SignerClient> signer_;
  std::unique_ptr<ipc::Doors> boxes_;
  service::KeysInUse keys_;
  std::unique_ptr<service::Receiver> receiver_;
  std::string upload_;
  std::string filename_;
  std::string filetype_;
  std::uint64_t length_ = 0;
};

// "204 Upload-Offset: 100000": status and fields that must be there.
bool fits(const Answer& answer, const std::string& wanted) {
  if (std::to_string(answer.status) != wanted.substr(0, wanted.find(' '))) return false;
  const std::size_t space = wanted.find(' ');
  std::string_view rest = space == std::string::npos ? "" : std::string_view(wanted).substr(space);
  for (std::string_view one : http::split_list(rest)) {
    while (one.starts_with(' ')) one.remove_prefix(1);
    const std::size_t colon = one.find(": ");
    const auto found = answer.fields.find(std::string(one.substr(0, colon)));
    if (found == answer.fields.end()) return false;
    if (colon != std::string_view::npos && found->second != one.substr(colon + 2)) return false;
  }
  return true;
}

// The request as it goes over the wire, with what our uploads ask for besides.
std::string head_of(const Request& request, const std::string& path) {
  std::string fields = request.fields;
  if (request.method == "POST") {
    const std::string own = "submission " + core::to_base64(core::as_bytes(kSubmission)) +
                            ",path " + core::to_base64(core::as_bytes(path));
    const std::size_t at = fields.find("Upload-Metadata: ");
    if (at == std::string::npos)
      fields += "Upload-Metadata: " + own + "\r\n";
    else
      fields.insert(at + std::string_view("Upload-Metadata: ").size(), own + ",");
  }
  const std::string target = std::string(kUploads) + (request.method == "POST" ? "" : "/upload");
  return request.method + " " + target + " HTTP/1.1\r\nHost: gw.example\r\n" + fields + "\r\n";
}

KindResult run_tus(const KindCase& one) {
  KindResult result;
  result.result = "accept";
  const auto requests =
      read_transcript(core::as_text(one.input("transcript").value_or(core::Bytes())));
  const std::string name = one.text("filename");
  const std::string path = "files/" + (name.empty() ? std::string(kUnnamed) : name);
  const auto uploads = Uploads::make(path);
  if (uploads == nullptr || requests.empty()) {
    result.result = "no requests, or no place for uploads";
    return result;
  }
  std::vector<std::int64_t> chunks;
  for (const Request& request : requests) {
    const auto head = http::check_request_head(head_of(request, path), {});
    const Answer answer = head ? uploads->answer(*head) : Answer{400, {}};
    if (head && head->method == http::Method::kPatch)
      chunks.push_back(static_cast<std::int64_t>(head->content_length.value_or(0)));
    if (fits(answer, request.wanted)) continue;
    result.result = "reject";
    result.output +=
        request.method + ": " + std::to_string(answer.status) + ", not " + request.wanted + "\n";
  }
  if (one.param("filename") != nullptr && uploads->filename() != name)
    result.wrong.push_back("the file name is " + uploads->filename());
  if (one.param("filetype") != nullptr && uploads->filetype() != one.text("filetype"))
    result.wrong.push_back("the type is " + uploads->filetype());
  const auto length = one.number("upload_length");
  if (length && std::cmp_not_equal(*length, uploads->length()))
    result.wrong.emplace_back("the length is another");
  const core::json::Value* const wanted = one.param("chunks");
  if (wanted != nullptr && wanted->as_array() != nullptr) {
    const bool same = std::ranges::equal(
        *wanted->as_array(), chunks, [](const core::json::Value& value, std::int64_t chunk) {
          return value.as_integer() != nullptr && *value.as_integer() == chunk;
        });
    if (!same) result.wrong.emplace_back("the chunks are others");
  }
  return result;
}

}  // namespace

std::span<const Kind> courts_tus() {
  static constexpr auto kKinds = std::to_array<Kind>({{"tus-sequence", run_tus}});
  return kKinds;
}

}  // namespace heyan::vectors
