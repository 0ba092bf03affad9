// What makes figures the parts of a whole: their labels, and how near they come to it.
#include <algorithm>
#include <array>
#include <cstdint>
#include <tuple>

#include "base/text.h"
#include "figures/check_sums.h"

namespace ballast::figures {
namespace {

using Group = std::vector<Index>;
using Names = std::initializer_list<Text>;

struct Member {
    std::array<Text, 5> names;  // of one part; the longer before the shorter
};
struct Division {
    std::array<Member, 6> members;
};

// Sets that divide a whole. A label may bear one member of a set.
constexpr std::array divisions{
    Division{{{{{U"男"}}, {{U"女"}}}}},
    Division{{{{{U"城镇", U"城市"}}, {{U"乡村", U"农村"}}}}},
    Division{{{{{U"第一产业", U"一产"}}, {{U"第二产业", U"二产"}}, {{U"第三产业", U"三产"}}}}},
    Division{{{{{U"中央"}},
               {{U"省级", U"省财政", U"省"}},
               {{U"市级", U"州级", U"市财政", U"州财政"}},
               {{U"县级", U"县财政", U"区级", U"本级"}},
               {{U"社会", U"帮扶单位"}},
               {{U"自筹", U"银行", U"群众"}}}}},
    Division{{{{{U"脱贫不稳定"}}, {{U"边缘易致贫"}}, {{U"突发严重困难"}}}}},
    Division{{{{{U"省外"}}, {{U"省内县外", U"县外省内"}}, {{U"县内"}}, {{U"境外"}}}}},
    Division{{{{{U"省内", U"本省"}}, {{U"省外", U"外省"}}, {{U"境外", U"国外"}}}}},
    Division{{{{{U"县内"}}, {{U"县外"}}}}},
    Division{{{{{U"市内"}}, {{U"市外"}}}}},
    Division{{{{{U"国内"}}, {{U"国外", U"境外", U"入境", U"国际"}}}}},
    Division{{{{{U"公办"}}, {{U"民办"}}}}},
    Division{{{{{U"新建"}}, {{U"改扩建", U"改建", U"改造"}}, {{U"扩建", U"续建"}}}}},
    Division{{{{{U"续建"}}, {{U"新建", U"新开工"}}}}},
    Division{{{{{U"幼儿园"}}, {{U"小学"}}, {{U"初中"}}, {{U"高中"}}, {{U"中职", U"职高", U"职业"}}}}},
    Division{{{{{U"上半年"}}, {{U"下半年"}}}}},
    Division{{{{{U"一季度"}}, {{U"二季度"}}, {{U"三季度"}}, {{U"四季度"}}}}},
    Division{{{{{U"春"}}, {{U"夏"}}, {{U"秋"}}, {{U"冬"}}}}},
    Division{{{{{U"出口"}}, {{U"进口"}}}}},
    Division{{{{{U"夏粮"}}, {{U"秋粮"}}, {{U"早稻"}}}}},
    Division{{{{{U"水田"}}, {{U"旱地"}}, {{U"水浇地"}}}}},
    Division{{{{{U"农业人口", U"农业户"}}, {{U"非农"}}}}},
    Division{{{{{U"汉族"}}, {{U"少数民族"}}}}},
    Division{{{{{U"一类", U"一级"}}, {{U"二类", U"二级"}}, {{U"三类", U"三级"}}, {{U"四类"}}}}},
    Division{{{{{U"国有"}}, {{U"民营", U"私营"}}, {{U"集体"}}, {{U"外资", U"外商"}}}}},
    Division{{{{{U"线上"}}, {{U"线下"}}}}},
    Division{{{{{U"已"}}, {{U"未", U"尚"}}}}},
    Division{{{{{U"商品零售"}}, {{U"餐饮"}}}}},
};

// One person or household can be in several of these at once.
enum class Trait : std::uint8_t { none, gender, age, schooling, people, status };

Trait trait_of(Text words) {
    if (contains_any(words, {U"脱贫", U"低保", U"特困", U"残疾", U"监测", U"党员", U"五保", U"易地", U"搬迁",
                             U"困难", U"留守", U"孤儿", U"军人", U"干部", U"重点", U"贫困"}))
        return Trait::status;
    if (contains_any(words, {U"岁", U"老年", U"青年", U"未成年", U"儿童", U"老人", U"学生"}))
        return Trait::age;
    if (contains_any(words, {U"学历", U"本科", U"大专", U"研究生", U"中专", U"文化程度", U"高级", U"职称"}))
        return Trait::schooling;
    if (contains_any(words, {U"少数民族", U"汉族", U"藏族", U"彝族", U"苗族", U"回族", U"壮族"}))
        return Trait::people;
    if (contains_any(words, {U"男", U"女", U"妇女"})) return Trait::gender;
    return Trait::none;
}

// The member of each division that a label names; the first in its order when it names several.
using Members = std::array<std::uint8_t, divisions.size()>;
constexpr std::uint8_t no_member = 0xFF;

// The names of all divisions, found by their first character.
class Namer {
public:
    Namer() : first_(0x10000) {
        names_.push_back({});
        for (std::uint8_t d = 0; d < divisions.size(); ++d)
            for (std::uint8_t m = 0; m < divisions[d].members.size(); ++m)
                for (const Text word : divisions[d].members[m].names)
                    if (!word.empty()) {
                        names_.push_back({word, d, m, first_[word.front()]});
                        first_[word.front()] = static_cast<std::uint16_t>(names_.size() - 1);
                    }
    }

    void read(Text label, Members& members) const {
        for (std::size_t i = 0; i < label.size(); ++i) {
            if (label[i] >= first_.size()) continue;
            for (std::uint16_t n = first_[label[i]]; n != 0; n = names_[n].next)
                if (label.substr(i).starts_with(names_[n].word))
                    members[names_[n].division] = std::min(members[names_[n].division], names_[n].member);
        }
    }

private:
    struct Name {
        Text word;
        std::uint8_t division = 0, member = 0;
        std::uint16_t next = 0;  // with the same first character
    };
    std::vector<Name> names_;
    std::vector<std::uint16_t> first_;
};

// By its label; what that does not name, by the words behind the figure.
Members members_of(const Prose& prose, Index i) {
    static const Namer namer;
    Members ahead, behind;
    ahead.fill(no_member);
    behind.fill(no_member);
    namer.read(prose.label(i), ahead);
    namer.read(prose.tail(i).substr(0, 8), behind);
    for (std::size_t d = 0; d < ahead.size(); ++d)
        if (ahead[d] == no_member) ahead[d] = behind[d];
    return ahead;
}

// Digits that say something: 2300 has two.
std::size_t telling_digits(Text digits) {
    std::size_t count = 0, noughts = 0;
    bool begun = false, fraction = false;
    for (const char32_t c : digits) {
        fraction = fraction || c == U'.' || c == U'．';
        if (c < U'0' || (c > U'9' && c < U'０') || c > U'９') continue;
        const bool nought = c == U'0' || c == U'０';
        begun = begun || !nought;
        if (!begun) continue;
        ++count;
        noughts = nought ? noughts + 1 : 0;
    }
    return fraction ? count : count - noughts;
}

std::size_t common_end(Text a, Text b) {
    std::size_t n = 0;
    while (n < a.size() && n < b.size() && a[a.size() - 1 - n] == b[b.size() - 1 - n]) ++n;
    return n;
}

Text own_label(const Prose& prose, Index i) {
    Text label = bare(prose.label(i));
    for (const Text opening : {Text(U"其中"), Text(U"包括"), Text(U"、"), Text(U"和"), Text(U"及")})
        if (label.starts_with(opening)) label.remove_prefix(opening.size());
    return label;
}

// 山区村 and 平原村: of one length or of one ending, in the label or behind the figure.
bool parallel(const Prose& prose, const Group& parts) {
    for (std::size_t p = 1; p < parts.size(); ++p) {
        const Text a = own_label(prose, parts[0]), b = own_label(prose, parts[p]);
        const Text x = bare(prose.tail(parts[0])), y = bare(prose.tail(parts[p]));
        const bool labels = !a.empty() && !b.empty() && (a.size() == b.size() || common_end(a, b) >= 1);
        const bool tails = !x.empty() && !y.empty() && (x.size() == y.size() || common_end(x, y) >= 1);
        if (!labels && !tails) return false;
    }
    return true;
}

}  // namespace

bool divides(Text opening) {
    const Text clause = bare(opening).substr(0, 12);
    const std::size_t comma = clause.find_first_of(U"，：,");
    const Text words = clause.substr(0, comma);
    return comma != Text::npos &&
           ((words.starts_with(U"按") && ends_with_any(words, {U"分", U"看", U"统计", U"划分", U"分组"})) ||
            (words.starts_with(U"分") && words.ends_with(U"看")) ||
            (words.starts_with(U"从") && words.ends_with(U"看")));
}

bool sums_up(Text label) {
    if (label.starts_with(U"共") || label.starts_with(U"总")) return true;
    const std::size_t at = label.find(U'共');
    return at != Text::npos && at <= 5 &&
           !contains_any(label, {U"公共", U"共同", U"共建", U"共享", U"共产", U"共青", U"中共"});
}

bool adds(const Prose& prose, const Group& all) {
    const auto reckoning = reckon(prose, Law::sum, all);
    return reckoning && reckoning->outcome == Outcome::kept;
}

bool nearly_adds(const Prose& prose, const Group& all) {
    const auto reckoning = reckon(prose, Law::sum, all);
    if (!reckoning) return false;
    const Decimal total = *prose.at(all[0]).value, off = total - reckoning->computed;
    return (off < Decimal{} ? -off : off) * 10 <= total;
}

bool telling(const Prose& prose, const Group& all) {
    std::size_t digits = 0;
    for (const Index i : all) digits = std::max(digits, telling_digits(prose.of(prose.at(i).digits)));
    if (digits >= 3) return true;
    const Span total = prose.at(all[0]).digits;
    if (total.end - total.start >= 3) digits = 2;  // 120
    const Group parts(all.begin() + 1, all.end());
    return parallel(prose, parts) && (nearly_adds(prose, all) || parts.size() >= 3 || digits >= 2);
}

bool complementary(const Prose& prose, const Group& parts) {
    constexpr std::size_t most_members = std::tuple_size_v<decltype(Division::members)>;
    if (parts.size() < 2 || parts.size() > most_members) return false;
    std::array<unsigned, divisions.size()> met{};  // a bit for each member
    std::array<bool, divisions.size()> open;
    open.fill(true);
    for (const Index i : parts) {
        const Members members = members_of(prose, i);
        bool any = false;
        for (std::size_t d = 0; d < open.size(); ++d) {
            open[d] = open[d] && members[d] != no_member && (met[d] >> members[d] & 1U) == 0;
            if (open[d]) met[d] |= 1U << members[d];
            any = any || open[d];
        }
        if (!any) return false;
    }
    return true;
}

bool overlapping(const Prose& prose, const Group& parts) {
    std::vector<Trait> traits;
    for (const Index i : parts) {
        Trait trait = trait_of(own_label(prose, i));
        if (trait == Trait::none) trait = trait_of(prose.tail(i).substr(0, 8));
        if (trait == Trait::status) return true;
        traits.push_back(trait);
    }
    return std::any_of(traits.begin(), traits.end(), [&](Trait t) { return t != traits.front(); });
}

namespace {

// 由四部分构成, 分别占58%、24%、13%、5%
bool listed_as_a_whole(const Prose& prose, const Group& run) {
    const Text label = prose.label(run.front());
    return run.size() >= 3 && ((contains(label, U"分别") && contains_any(label, {U"占", U"比重", U"比例"})) ||
                               contains_any(label, {U"结构比", U"构成比", U"结构为", U"之比"}));
}

// 男性占51.2%，女性占48.8%: of two kinds, and no third.
bool men_and_women(const Prose& prose, Index a, Index b) {
    const Text x = prose.label(a), y = prose.label(b);
    const bool both =
        (contains(x, U"男") && contains(y, U"女")) || (contains(x, U"女") && contains(y, U"男"));
    return both && contains_any(x, {U"占", U"比重"}) && contains_any(y, {U"占", U"比重"});
}

void judge_shares(const Prose& prose, const Group& run, Findings& out) {
    const auto reckoning = reckon(prose, Law::hundred, run);
    if (!reckoning || reckoning->computed <= Decimal{50} || reckoning->computed >= Decimal{190}) return;
    if (reckoning->outcome == Outcome::kept || one_slip_short(prose, Law::hundred, run))
        out.add(Relation{Law::hundred, "C1", run, Verdict::warn, "figures.hundred"});
}

void read_shares(const Prose& prose, const Sentence& sentence, Findings& out) {
    Group run;
    const auto close = [&] {
        if (!run.empty() && listed_as_a_whole(prose, run)) judge_shares(prose, run, out);
        run.clear();
    };
    for (Index i = sentence.first; i < sentence.last; ++i) {
        if (!prose.percent(i)) continue;
        if (!run.empty() && !only_joins(prose.between(run.back(), i))) {
            if (run.size() == 1 && men_and_women(prose, run.back(), i))
                judge_shares(prose, {run.back(), i}, out);
            close();
        }
        run.push_back(i);
    }
    close();
}

}  // namespace

void check_shares_of_a_whole(const Prose& prose, Findings& out) {
    for (const auto& item : prose.items)
        for (const Paragraph& paragraph : item)
            for (const Sentence& sentence : paragraph.sentences) read_shares(prose, sentence, out);
}

}  // namespace ballast::figures
