// The smallest court's system there could be: a message of two lines, the case number and the name
// of the part that is the evidence.
#include "court_adapters/adapter.h"

#include <array>

#include "verifier/core/text.h"

namespace heyan::court_adapters::tiny {
namespace {

constexpr std::size_t kMessageBytes = 1000;

class Tiny final : public CourtAdapter {
 public:
  std::string_view id() const override { return "tiny"; }
  std::string_view title() const override { return "two lines: case number, name of a part"; }
  std::span<const std::string_view> settings() const override { return kSettings; }

  std::expected<Filing, std::vector<Defect>> decode(const Request& request,
                                                    const core::Limits& limits) const override {
    static_cast<void>(limits);
    const auto bytes = contents::read_some(*request.message, 0, kMessageBytes + 1);
    if (!bytes || bytes->size() > kMessageBytes) return refuse("", "limit", "send two lines");
    const std::string text = core::to_string(*bytes);
    const std::size_t end = text.find('\n');
    if (end == text.npos || !text.ends_with('\n') || text.find('\n', end + 1) != text.size() - 1) {
      return refuse("", "malformed", "send two lines");
    }
    Filing filing;
    filing.message_id = text.substr(0, end);
    filing.submission.set_case_number(filing.message_id);
    const std::string name = text.substr(end + 1, text.size() - end - 2);
    for (std::size_t i = 0; i < request.parts.size(); ++i) {
      if (request.parts[i].name != name) continue;
      v1::Item& item = *filing.submission.add_evidence();
      item.set_id("1");
      item.mutable_file()->set_path("files/1");
      filing.files.push_back({"files/1", i});
      return filing;
    }
    return refuse("line 2", "no-part", "send a part of that name");
  }

  Answer acknowledge(const Request&, const Accepted& accepted) const override {
    return {201, "text/plain", "taken " + accepted.submission + "\n"};
  }
  Answer reject(const Request&, std::span<const Defect> defects) const override {
    std::string body;
    for (const Defect& defect : defects) body += defect.code + " " + defect.detail + "\n";
    return {422, "text/plain", body};
  }
  Answer encode(const Request&, const Outcome& outcome) const override {
    if (outcome.report == nullptr) return {202, "text/plain", "not yet\n"};
    return {200, "text/plain", "report " + outcome.report->number() + "\n"};
  }

 private:
  static constexpr std::array<std::string_view, 1> kSettings = {"greeting"};

  static std::unexpected<std::vector<Defect>> refuse(std::string pointer, std::string code,
                                                     std::string detail) {
    return std::unexpected(
        std::vector<Defect>{{std::move(pointer), std::move(code), std::move(detail)}});
  }
};

}  // namespace

const CourtAdapter& adapter() {
  static const Tiny tiny;
  return tiny;
}

}  // namespace heyan::court_adapters::tiny
