#include "tests/faults/court_system.h"

#include <curl/curl.h>

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <thread>

#include "tests/faults/gateway.h"

namespace heyan::faults {
namespace {

using Clock = std::chrono::steady_clock;
using Json = nlohmann::json;

const std::string kSample = std::string(HEYAN_SOURCE) + "/gateway/sample/case/";

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* body) {
  static_cast<std::string*>(body)->append(bytes, size * count);
  return size * count;
}

std::string find(const Json& value, std::string_view name) {
  if (!value.is_object()) return {};
  for (const auto& [key, inner] : value.items()) {
    if (key == name && inner.is_string()) return inner;
    if (std::string found = find(inner, name); !found.empty()) return found;
  }
  return {};
}

}  // namespace

bool Answer::is_to_be_repeated() const {
  return status == 0 || status == 503 || status == 429 ||
         (status == 409 && body.contains("is under way"));
}

std::string Answer::member(std::string_view name) const {
  return find(Json::parse(body, nullptr, false), name);
}

std::string& Case::content(std::string_view path) {
  for (auto& [name, bytes] : files) {
    if (name == path) return bytes;
  }
  throw std::out_of_range("no such file in the case");
}

Case Case::of_sample(const std::string& item, const std::string& purpose) {
  Json document = Json::parse(functional::read_file(kSample + "case.json"));
  Json kept = Json::array();
  Case made;
  made.files.emplace_back("case.json", "");
  for (Json& one : document["evidence"]) {
    if (one["id"] != item) continue;
    one["purpose"] = purpose;
    const auto add = [&](const std::string& path) {
      made.files.emplace_back(path, functional::read_file(kSample + path));
    };
    add(one["file"]["path"]);
    for (const Json& proof : one["proofs"]) add(proof["path"]);
    kept.push_back(one);
  }
  document["evidence"] = kept;
  document.erase("court");
  made.content("case.json") = document.dump();
  return made;
}

struct CourtSystem::Parts {
  CURL* curl = nullptr;
  std::string url;
};

CourtSystem::CourtSystem(const Gateway& gateway, std::chrono::milliseconds patience)
    : parts_(std::make_unique<Parts>()) {
  CURL* const curl = ::curl_easy_init();
  if (curl == nullptr) throw std::runtime_error("libcurl does not start");
  parts_->curl = curl;
  parts_->url = gateway.court_url();
  const auto set = [&](CURLoption option, const auto& value) {
    if (::curl_easy_setopt(curl, option, value) != CURLE_OK) {
      throw std::runtime_error("libcurl cannot do what is asked");
    }
  };
  set(CURLOPT_CAINFO, gateway.state("front/tls/ca.cert.pem").c_str());
  set(CURLOPT_SSLCERT, gateway.state("demo/court-system.cert.pem").c_str());
  set(CURLOPT_SSLKEY, gateway.state("demo/court-system.key.pem").c_str());
  set(CURLOPT_NOPROXY, "*");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(patience.count()));
  set(CURLOPT_CONNECTTIMEOUT_MS, 2'000L);
  set(CURLOPT_WRITEFUNCTION, &take);
}

CourtSystem::~CourtSystem() { ::curl_easy_cleanup(parts_->curl); }

Answer CourtSystem::perform(const std::string& path, const std::vector<std::string>& fields) {
  Answer answer;
  curl_slist* list = ::curl_slist_append(nullptr, "Expect:");
  for (const std::string& field : fields) list = ::curl_slist_append(list, field.c_str());
  CURL* const curl = parts_->curl;
  ::curl_easy_setopt(curl, CURLOPT_URL, (parts_->url + path).c_str());
  ::curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
  ::curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
  if (::curl_easy_perform(curl) == CURLE_OK) {
    long status = 0;
    ::curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<int>(status);
  }
  ::curl_slist_free_all(list);
  return answer;
}

Answer CourtSystem::get(const std::string& path, const std::vector<std::string>& fields) {
  ::curl_easy_setopt(parts_->curl, CURLOPT_HTTPGET, 1L);
  return perform(path, fields);
}

Answer CourtSystem::post(const std::string& path, const std::string& body,
                         const std::vector<std::string>& fields) {
  ::curl_easy_setopt(parts_->curl, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(body.size()));
  ::curl_easy_setopt(parts_->curl, CURLOPT_COPYPOSTFIELDS, body.c_str());
  return perform(path, fields);
}

Answer CourtSystem::file(const Case& filed, const std::string& idempotency_key) {
  curl_mime* const mime = ::curl_mime_init(parts_->curl);
  for (const auto& [path, bytes] : filed.files) {
    curl_mimepart* const part = ::curl_mime_addpart(mime);
    ::curl_mime_name(part, path.c_str());
    ::curl_mime_filename(part, "file");
    ::curl_mime_data(part, bytes.data(), bytes.size());
  }
  ::curl_easy_setopt(parts_->curl, CURLOPT_MIMEPOST, mime);
  Answer answer = perform("/v1/submissions", {"Idempotency-Key: " + idempotency_key});
  ::curl_easy_setopt(parts_->curl, CURLOPT_MIMEPOST, nullptr);
  ::curl_mime_free(mime);
  return answer;
}

Answer CourtSystem::await(const std::string& id, std::chrono::seconds longest) {
  const auto until = Clock::now() + longest;
  while (true) {
    Answer answer = get("/v1/submissions/" + id, {"Prefer: wait=5"});
    const std::string state = answer.member("state");
    if (state == "DONE" || state == "REJECTED" || Clock::now() >= until) return answer;
    if (answer.status != 200) std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

std::string CourtSystem::signed_report(const std::string& number) {
  Answer answer = get("/v1/reports/" + number, {"Accept: application/jose+json"});
  return answer.status == 200 ? std::move(answer.body) : std::string();
}

}  // namespace heyan::faults
