#include "court_adapters/adapter.h"

#include <array>

#include "court_adapters/netcourt_hangzhou/answers.h"
#include "court_adapters/netcourt_hangzhou/filing.h"
#include "court_adapters/netcourt_hangzhou/identify.h"

namespace heyan::court_adapters::netcourt_hangzhou {

const CourtAdapter& adapter();

namespace {

class NetcourtHangzhou final : public CourtAdapter {
 public:
  std::string_view id() const override { return "netcourt_hangzhou"; }
  std::string_view title() const override {
    return "杭州互联网法院司法区块链: records of notaryCert, filed with their files";
  }
  std::span<const std::string_view> settings() const override { return kSettings; }

  std::expected<Filing, std::vector<Defect>> decode(const Request& request,
                                                    const core::Limits& limits) const override {
    return read_filing(request, limits);
  }
  std::expected<std::optional<Question>, std::vector<Defect>> ask(
      const Request& request, const core::Limits& /*limits*/) const override {
    if (request.path != kIdentifyPath) return std::nullopt;
    HEYAN_TRY(Query query, query_of(request));
    return Question{std::move(query.hash)};
  }
  Answer tell(const Request& request, std::span<const std::string> values) const override {
    const auto query = query_of(request);
    return query ? identify_answer(identify(*query, values)) : bad_request(query.error());
  }
  Answer acknowledge(const Request&, const Accepted& accepted) const override {
    return acknowledgement(accepted);
  }
  Answer reject(const Request&, std::span<const Defect> defects) const override {
    return bad_request(defects);
  }
  Answer encode(const Request&, const Outcome& outcome) const override { return result(outcome); }

 private:
  static std::expected<Query, std::vector<Defect>> query_of(const Request& request) {
    const auto form = contents::read_some(*request.message, 0, kQueryBytes + 1);
    if (form) return read_query(core::as_text(*form));
    return std::unexpected(
        std::vector<Defect>{{"", "unreadable", "The form could not be read; send it again."}});
  }

  static constexpr std::array<std::string_view, 2> kSettings = {"account_keys", "ledger"};
};

}  // namespace

const CourtAdapter& adapter() {
  static const NetcourtHangzhou netcourt;
  return netcourt;
}

}  // namespace heyan::court_adapters::netcourt_hangzhou
