#include "court_adapters/adapter.h"

#include <array>

#include "court_adapters/micro_court/answers.h"
#include "court_adapters/micro_court/filing.h"

namespace heyan::court_adapters::micro_court {

const CourtAdapter& adapter();

namespace {

class MicroCourt final : public CourtAdapter {
 public:
  std::string_view id() const override { return "micro_court"; }
  std::string_view title() const override {
    return "人民法院在线服务 (移动微法院): filing detail, evidence catalogue";
  }
  std::span<const std::string_view> settings() const override { return kSettings; }

  std::expected<Filing, std::vector<Defect>> decode(const Request& request,
                                                    const core::Limits& limits) const override {
    return read_filing(request, limits);
  }
  Answer acknowledge(const Request& request, const Accepted& accepted) const override {
    return acknowledgement(request, accepted);
  }
  Answer reject(const Request&, std::span<const Defect> defects) const override {
    return rejection(defects);
  }
  Answer encode(const Request& request, const Outcome& outcome) const override {
    return result(request, outcome);
  }

 private:
  // Host names in small letters, of stores that files of filings may name. Nothing is fetched.
  static constexpr std::array<std::string_view, 1> kSettings = {"allowed_hosts"};
};

}  // namespace

const CourtAdapter& adapter() {
  static const MicroCourt micro_court;
  return micro_court;
}

}  // namespace heyan::court_adapters::micro_court
