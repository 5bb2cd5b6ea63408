#include "court_adapters/china/defect_words.h"

#include <algorithm>
#include <array>
#include <utility>

namespace heyan::court_adapters::china {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr auto kWords = std::to_array<Pair>({
    {"not-utf8", "报文不是UTF-8编码，请改用UTF-8编码后重新提交。"},
    {"malformed-json", "报文不是合法的JSON，请更正。"},
    {"lone-surrogate", "报文含有不成对的代理码，请更正该处文字。"},
    {"duplicate-name", "同一对象中字段名重复，请只保留一个。"},
    {"trailing-data", "报文结束之后还有其他内容，请删除。"},
    {"limit", "超出数量、长度或者层级的限制，请分次提交或者缩短。"},
    {"wrong-type", "数据类型不符，请更正。"},
    {"unreadable", "内容无法读取，请重新提交。"},
    {"upstream-error", "报文不是成功的应答（code不是200），请提交成功的应答。"},
    {"field-required", "缺少必填内容，请补充。"},
    {"control-character", "含有控制字符或者不可见字符，请删除。"},
    {"nul-in-name", "含有空字符（NUL），请删除。"},
    {"amount-invalid", "金额不是十进制数，请更正，例如50000.00。"},
    {"bad-time", "时间格式不符，请按2026-03-02T10:15:30+08:00填写。"},
    {"unknown-code", "代码不在字典内，请更正。"},
    {"role-mismatch", "诉讼地位与案件类型不符，请更正其中之一。"},
    {"plaintiff-missing", "没有原告（申请执行人），请补充。"},
    {"resident-id-invalid", "居民身份证号码不符合GB 11643，请核对。"},
    {"birthdate-mismatch", "出生日期与居民身份证号码不一致，请核对。"},
    {"credit-code-invalid", "统一社会信用代码不符合GB 32100，请核对。"},
    {"reference-mismatch", "与所属的申请、法院或者清单不一致，请更正。"},
    {"dangling-reference", "所指的记录不存在，请更正。"},
    {"duplicate-key", "标识重复，请使用各自的标识。"},
    {"extension-mismatch", "文件名与登记的扩展名不一致，请更正其中之一。"},
    {"path-traversal", "文件名或者存储路径不安全，请只填写文件名。"},
    {"host-not-allowed", "文件地址不在允许的主机之内，系统不会访问该地址。"},
    {"file-missing", "证据的文件没有随报文送达，请一并提交。"},
    {"duplicate-message", "同一标识下已有另一报文，请使用新的标识。"},
    {"idempotency-key-reused", "该幂等键（Idempotency-Key）已用于另一报文，请使用新的幂等键。"},
    {"ambiguous-file", "有同名文件，无法确定所指的是哪一个，请区分名称。"},
    {"malformed-table", "证据目录无法读取，请使用CSV（UTF-8或者GB18030）、XLSX或者JSON。"},
    {"heading-missing", "证据目录没有表头（序号、证据名称等），请补充。"},
    {"duplicate-column", "证据目录的栏目重复，请只保留一栏。"},
    {"duplicate-number", "证据序号重复，请逐一编号。"},
    {"kind-unknown", "证据种类不属于民事诉讼法第六十六条规定的种类，请更正。"},
    {"bad-digest", "哈希值与算法的长度不符，请核对。"},
    {"bad-value", "填写的内容不在允许的范围内，请更正。"},
    {"part-missing", "缺少所指的附件部分，请一并提交。"},
    {"unknown-item", "所指的证据序号不存在，请更正。"},
    {"another-court", "报文所写法院不是发送系统证书所属的法院，请发送至该法院。"},
    {"unnamed-file", "随报文送达的一个文件没有对应的证据，请更正。"},
    {"missing-file", "所指的文件没有随报文送达，请一并提交。"},
    {"missing-name", "缺少必填字段，请补充。"},
    {"unknown-name", "有不认识的字段，请删除或者更正名称。"},
    {"unknown-word", "所填内容不在可选范围内，请更正。"},
    {"duplicate-id", "标识重复，请合并或者使用各自的标识。"},
    {"out-of-range", "数值超出范围，请更正。"},
    {"bad-id", "标识含有控制字符或者过长，请更正。"},
    {"bad-signature-text", "签名不是十六进制或者过长，请更正。"},
    {"signature-invalid", "签名与该账户的密钥及所签内容不符，请按原样提交。"},
    {"bad-setting", "本系统对该账户的配置无法读取，请联系本系统的管理员。"},
    {"malformed-form", "表单编码有误，请更正。"},
});

}  // namespace

std::string_view chinese_of(std::string_view code) {
  const auto* found = std::ranges::find(kWords, code, &Pair::first);
  return found != kWords.end() ? found->second : "该处内容不符合要求，请更正。";
}

}  // namespace heyan::court_adapters::china
