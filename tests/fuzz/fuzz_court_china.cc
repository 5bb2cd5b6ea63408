// Messages of Chinese courts' systems from any bytes: as a filing, as a catalogue of one, as a
// record of a court's chain, as a query. A filing is a submission that can be read again; every
// answer is JSON, and shows nothing unseen.
#include <cstdlib>
#include <string>

#include "court_adapters/adapter.h"
#include "court_adapters/china/case_number.h"
#include "court_adapters/china/credit_code.h"
#include "court_adapters/china/local_time.h"
#include "court_adapters/china/resident_id.h"
#include "court_adapters/netcourt_hangzhou/identify.h"
#include "verifier/contents/safe_path.h"
#include "verifier/core/json.h"
#include "verifier/core/text.h"

namespace {

using namespace heyan;
using court_adapters::Answer;
using court_adapters::Request;

constexpr std::int64_t kNow = 1'772'640'000'000;  // 2026-03-04T16:00:00Z

// A filing around any catalogue.
constexpr std::string_view kFiling =
    R"({"code":200,"message":"","data":{"layy":{"id":"f","fyid":"1","fymc":"c",
"ajlx":"1501_000001-0301","zt":"11800007-1"},"dsr":[{"id":"p","ssdw":"1501_030109-1",
"dsrlx":"1501_000011-1","xm":"a","zjlx":"1501_000015-1","zjhm":"11010519491231002X"}],
"sscl":[{"ssclid":"s","cllx":"11800016-4","ssclfj":[{"id":"i","wjbh":"a/b.pdf","wjmc":"a.pdf"}]}]}})";

void require(bool condition) {
  if (!condition) std::abort();
}

void require_shown(std::string_view text) {
  require(core::is_utf8(text) && !core::has_control(text));
}

void require_json(const Answer& answer) {
  require(core::json::parse(core::as_bytes(answer.body), {}).has_value());
}

void require_sound(const court_adapters::Filing& filing) {
  const std::string json =
      core::json::write_canonical(contents::write_submission(filing.submission));
  require(contents::read_submission(core::as_bytes(json), {}).has_value());
  for (const auto& file : filing.files) require(!contents::unsafe_path(file.path));
  for (const auto& remark : filing.remarks) require_shown(remark.code + remark.detail);
}

void run(std::string_view id, const Request& request) {
  const auto& adapter = *court_adapters::find(id);
  const auto filing = adapter.decode(request, {});
  if (filing) {
    require_sound(*filing);
    court_adapters::Accepted accepted;
    accepted.remarks = filing->remarks;
    require_json(adapter.acknowledge(request, accepted));
  } else {
    require(!filing.error().empty());
    for (const auto& defect : filing.error()) require_shown(defect.code + defect.detail);
    require_json(adapter.reject(request, filing.error()));
  }
  v1::Report report;
  report.set_verdict(v1::SUBMISSION_VERDICT_INCOMPLETE);
  court_adapters::Outcome outcome;
  outcome.report = &report;
  require_json(adapter.encode(request, outcome));
}

void read_numbers(std::string_view text) {
  using namespace court_adapters::china;
  require(read_case_number(text, kNow).readable() == !read_case_number(text, kNow).text.empty());
  require(read_credit_code(text).readable() == !read_credit_code(text).text.empty());
  require(read_resident_id(text, kNow).readable() == !read_resident_id(text, kNow).text.empty());
  static_cast<void>(read_local_time(text));
  static_cast<void>(court_adapters::netcourt_hangzhou::read_query(text));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = core::as_text({data, size});
  const contents::MemorySource bytes({data, size});
  const contents::MemorySource filing(core::as_bytes(kFiling));
  const court_adapters::Settings settings = {{"allowed_hosts", {"zxfy2-oss.example.court.test"}}};
  Request request;
  request.received_at_ms = kNow;
  request.settings = &settings;
  request.message = &bytes;
  run("micro_court", request);
  run("netcourt_hangzhou", request);
  for (const std::string name : {"catalogue", "records"}) {
    const court_adapters::Part part{name, {}, {}, &bytes};
    request.message = &filing;
    request.parts = {&part, 1};
    run("micro_court", request);
  }
  read_numbers(text);
  return 0;
}
