// Messages as a court's system sends them, for the tests of court_adapters/ecf, ecf4 and ecf5.
#pragma once

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "court_adapters/ecf/filing.h"
#include "gateway/http/related.h"

namespace heyan::court_adapters::ecf {

inline std::string vector(const std::string& name) {
  std::ifstream in(std::string(HEYAN_VECTORS) + "/courts/ecf/" + name, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  EXPECT_FALSE(text.empty()) << name;
  return text;
}

// With the first place of `from` changed; fails where there is none.
inline std::string changed(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

inline std::string in_envelope(const std::string& message) {
  const std::size_t begin = message.starts_with("<?xml") ? message.find("?>") + 2 : 0;
  return "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>" +
         message.substr(begin) + "</s:Body></s:Envelope>";
}

// A request and what it points to.
class Sent {
 public:
  explicit Sent(std::string text, std::string type = "text/xml; charset=utf-8")
      : root_(std::move(text)), type_(std::move(type)) {}

  void add(std::string name, std::string type, std::string body) {
    names_.push_back(std::move(name));
    types_.push_back(std::move(type));
    bodies_.push_back(std::move(body));
  }

  Settings settings;

  const Request& request() {
    source_ = std::make_unique<contents::MemorySource>(core::as_bytes(root_));
    sources_.clear();
    parts_.clear();
    for (const std::string& body : bodies_) sources_.emplace_back(core::as_bytes(body));
    for (std::size_t i = 0; i < bodies_.size(); ++i) {
      parts_.push_back(
          {.name = names_[i], .file_name = {}, .content_type = types_[i], .bytes = &sources_[i]});
    }
    request_.content_type = type_;
    request_.message = source_.get();
    request_.parts = parts_;
    request_.received_at_ms = 1'772'446'530'000;
    request_.settings = &settings;
    return request_;
  }

 private:
  std::string root_;
  std::string type_;
  std::vector<std::string> names_;
  std::vector<std::string> types_;
  std::vector<std::string> bodies_;
  std::unique_ptr<contents::MemorySource> source_;
  std::vector<contents::MemorySource> sources_;
  std::vector<Part> parts_;
  Request request_;
};

// A file of vectors: header fields, an empty line, the body.
inline Sent taken_apart(const std::string& transmission) {
  const std::size_t end = transmission.find("\r\n\r\n");
  const auto fields = http::parse_fields(transmission.substr(0, end + 2), {});
  auto parser = http::RelatedParser::create(*http::find_field(*fields, "content-type"), {}).value();
  const std::string body = transmission.substr(end + 4);
  core::ByteView input = core::as_bytes(body);
  http::RelatedPart part;
  std::string bytes;
  std::vector<std::pair<http::RelatedPart, std::string>> all;
  while (true) {
    const auto event = parser.next(input);
    EXPECT_TRUE(event.has_value());
    if (!event || event->kind == http::MultipartEvent::Kind::kMore) break;
    if (event->kind == http::MultipartEvent::Kind::kPart) all.emplace_back(event->part, "");
    if (event->kind == http::MultipartEvent::Kind::kData) {
      all.back().second += core::as_text(event->data);
    }
  }
  EXPECT_TRUE(parser.finish().has_value());
  const auto root = std::ranges::find_if(all, [](const auto& each) { return each.first.root; });
  Sent sent(root->second, root->first.content_type);
  for (const auto& [each, content] : all) {
    if (!each.root) sent.add(each.content_id, each.content_type, content);
  }
  return sent;
}

// Codes of the defects, in their order.
inline std::vector<std::string> codes(const std::expected<Filing, Defects>& filing) {
  std::vector<std::string> all;
  if (filing) return all;
  for (const Defect& defect : filing.error()) all.push_back(defect.code);
  return all;
}

inline std::string content_of(const Filing& filing, std::size_t at, const Request& request) {
  std::string bytes;
  const File& file = filing.files.at(at);
  if (const auto* part = std::get_if<std::size_t>(&file.from)) {
    const auto& source = *request.parts[*part].bytes;
    return core::to_string(contents::read_some(source, 0, source.size()).value());
  }
  EXPECT_TRUE(std::get<1>(file.from)([&](core::ByteView piece) -> core::Result<void> {
                bytes += core::as_text(piece);
                return {};
              }).has_value());
  return bytes;
}

// What stands in the SOAP body of an answer; the answer is held against the schemas.
struct Said {
  markup::Document document;
  markup::Element operation;
};
inline Said said(const Answer& answer, Version version) {
  EXPECT_EQ(answer.content_type, "text/xml; charset=utf-8");
  auto read = markup::Document::read(core::as_bytes(answer.body));
  EXPECT_TRUE(read.has_value()) << answer.body;
  Said result{.document = *std::move(read), .operation = {}};
  result.operation = result.document.root();
  if (result.operation.is(kSoap, "Envelope")) {
    result.operation = result.operation.child(kSoap, "Body").first();
  }
  // The request of 4.01 is described in a WSDL: what it holds is held against the schemas.
  const Names& all = names(version);
  const markup::Element inner = result.operation.child(all.callback.space, all.callback.name);
  const bool wrapped = version == Version::k401 && result.operation.space() == all.wrappers;
  for (const auto& problem : schemas(version).validate(wrapped ? inner : result.operation)) {
    ADD_FAILURE() << problem.path << ": " << problem.detail << "\n" << answer.body;
  }
  return result;
}

inline std::vector<std::string> texts(const markup::Element& beneath, std::string_view name) {
  std::vector<std::string> all;
  markup::walk(beneath, [&](const markup::Element& element) {
    if (element.name() == name) all.push_back(element.value());
  });
  return all;
}

}  // namespace heyan::court_adapters::ecf
