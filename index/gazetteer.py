"""The countries, and the states of the United States, as articles name them. Knows names, no question.

The United Nations' members and observers, and what news call a country beside them; of a name in several words that word alone
stands here that tells it from others ("Zealand", "Rica").
"""

from __future__ import annotations

import regex

_COUNTRIES = """
    afghanistan albania algeria andorra angola antigua argentina armenia australia austria azerbaijan bahamas bahrain bangladesh
    barbados belarus belgium belize benin bhutan bolivia bosnia botswana brazil britain brunei bulgaria burkina burundi cambodia
    cameroon canada chad chile china colombia comoros congo croatia cuba cyprus czechia denmark djibouti dominica dominican ecuador
    egypt emirates england eritrea estonia eswatini ethiopia fiji finland france gabon gambia georgia germany ghana greece grenada
    guatemala guinea guyana haiti honduras hungary iceland india indonesia iran iraq ireland israel italy ivoire jamaica japan
    jordan kazakhstan kenya kiribati korea kosovo kuwait kyrgyzstan lanka laos latvia lebanon leone lesotho liberia libya
    liechtenstein lithuania luxembourg macedonia madagascar malawi malaysia maldives mali malta mauritania mauritius mexico
    micronesia moldova monaco mongolia montenegro morocco mozambique myanmar namibia nauru nepal netherlands nicaragua niger
    nigeria norway oman pakistan palau palestine panama papua paraguay peru philippines poland portugal qatar rica romania russia
    rwanda salvador samoa saudi scotland senegal serbia seychelles singapore slovakia slovenia somalia spain sudan suriname sweden
    switzerland syria taiwan tajikistan tanzania thailand togo tonga trinidad tunisia turkey turkmenistan tuvalu türkiye uganda uk
    ukraine uruguay us usa uzbekistan vanuatu vatican venezuela vietnam wales yemen zambia zealand zimbabwe
"""

_STATES = """
    alabama alaska arizona arkansas california carolina colorado connecticut dakota delaware florida georgia hampshire hawaii idaho
    illinois indiana iowa jersey kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri
    montana nebraska nevada ohio oklahoma oregon pennsylvania rhode tennessee texas utah vermont virginia washington wisconsin
    wyoming york calif colo conn fla ill mass mich minn okla ore pa tenn wash wis
"""

# In scripts without capitals, the countries that news are about most.
_ABROAD = {
    "ar": """
        أفغانستان ألبانيا الجزائر أنغولا الأرجنتين أرمينيا أستراليا النمسا أذربيجان البحرين بنغلاديش بيلاروسيا بلجيكا بوليفيا
        البوسنة البرازيل بريطانيا إنجلترا بلغاريا كمبوديا الكاميرون كندا تشاد تشيلي الصين كولومبيا الكونغو كرواتيا كوبا قبرص
        التشيك الدنمارك الدومينيكان الإكوادور مصر الإمارات إريتريا إستونيا إثيوبيا فنلندا فرنسا جورجيا ألمانيا غانا اليونان
        غواتيمالا غينيا هايتي هندوراس المجر أيسلندا الهند إندونيسيا إيران العراق إيرلندا أيرلندا إسرائيل إيطاليا جامايكا
        اليابان الأردن كازاخستان كينيا كوريا كوسوفو الكويت لاتفيا لبنان ليبيريا ليبيا ليتوانيا لوكسمبورغ مقدونيا مدغشقر
        ماليزيا مالي مالطا موريتانيا المكسيك مولدوفا موناكو منغوليا المغرب موزمبيق ميانمار ناميبيا نيبال هولندا نيوزيلندا
        نيكاراغوا النيجر نيجيريا النرويج عمان باكستان فلسطين بنما باراغواي بيرو الفلبين بولندا البرتغال قطر رومانيا روسيا
        رواندا السعودية اسكتلندا السنغال صربيا سنغافورة سلوفاكيا سلوفينيا الصومال إسبانيا السودان السويد سويسرا سوريا تايوان
        تنزانيا تايلاند تونس تركيا أوغندا أوكرانيا أوروغواي أوزبكستان الفاتيكان فنزويلا فيتنام ويلز اليمن زامبيا زيمبابوي
        أمريكا المتحدة""",
    "hi": """
        अफगानिस्तान अफ़ग़ानिस्तान अल्जीरिया अर्जेंटीना ऑस्ट्रेलिया ऑस्ट्रिया बांग्लादेश बेल्जियम भूटान ब्राजील ब्राज़ील ब्रिटेन इंग्लैंड बुल्गारिया कंबोडिया
        कनाडा चिली चीन कोलंबिया कांगो क्यूबा डेनमार्क मिस्र इथियोपिया फिनलैंड फ़िनलैंड फ्रांस फ़्रांस जर्मनी घाना यूनान ग्रीस हंगरी आइसलैंड भारत
        इंडोनेशिया ईरान इराक आयरलैंड इजराइल इज़राइल इटली जमैका जापान जॉर्डन कजाकिस्तान केन्या कोरिया कुवैत लेबनान लीबिया मलेशिया मालदीव
        माली मैक्सिको मंगोलिया मोरक्को म्यांमार नेपाल नीदरलैंड हॉलैंड न्यूजीलैंड न्यूज़ीलैंड नाइजीरिया नॉर्वे ओमान पाकिस्तान फिलिस्तीन पेरू फिलीपींस
        पोलैंड पुर्तगाल कतर रोमानिया रूस रवांडा सऊदी स्कॉटलैंड सर्बिया सिंगापुर सोमालिया स्पेन श्रीलंका सूडान स्वीडन स्विट्जरलैंड स्विट्ज़रलैंड
        सीरिया ताइवान तंजानिया थाईलैंड ट्यूनीशिया तुर्की युगांडा यूक्रेन उरुग्वे वेटिकन वेनेजुएला वियतनाम वेल्स यमन जाम्बिया जिम्बाब्वे अमेरिका
        संयुक्त""",
}
_HAN = """
    阿富汗 阿尔巴尼亚 阿尔及利亚 安哥拉 阿根廷 亚美尼亚 澳大利亚 奥地利 阿塞拜疆 巴林 孟加拉国 白俄罗斯 比利时 玻利维亚
    波黑 巴西 英国 英格兰 保加利亚 柬埔寨 喀麦隆 加拿大 乍得 智利 中国 哥伦比亚 刚果 克罗地亚 古巴 塞浦路斯 捷克 丹麦
    多米尼加 厄瓜多尔 埃及 阿联酋 爱沙尼亚 埃塞俄比亚 斐济 芬兰 法国 格鲁吉亚 德国 加纳 希腊 危地马拉 几内亚 海地
    洪都拉斯 匈牙利 冰岛 印度 印度尼西亚 印尼 伊朗 伊拉克 爱尔兰 以色列 意大利 牙买加 日本 约旦 哈萨克斯坦 肯尼亚 韩国
    朝鲜 科威特 老挝 拉脱维亚 黎巴嫩 利比里亚 利比亚 立陶宛 卢森堡 马达加斯加 马来西亚 马尔代夫 马里 马耳他 墨西哥
    摩尔多瓦 摩纳哥 蒙古 摩洛哥 莫桑比克 缅甸 纳米比亚 尼泊尔 荷兰 新西兰 尼加拉瓜 尼日利亚 挪威 阿曼 巴基斯坦 巴勒斯坦
    巴拿马 巴拉圭 秘鲁 菲律宾 波兰 葡萄牙 卡塔尔 罗马尼亚 俄罗斯 卢旺达 沙特 苏格兰 塞内加尔 塞尔维亚 新加坡 斯洛伐克
    斯洛文尼亚 索马里 南非 西班牙 斯里兰卡 苏丹 瑞典 瑞士 叙利亚 台湾 坦桑尼亚 泰国 突尼斯 土耳其 乌干达 乌克兰 乌拉圭
    美国 乌兹别克斯坦 梵蒂冈 委内瑞拉 越南 威尔士 也门 赞比亚 津巴布韦
"""

COUNTRIES = frozenset(_COUNTRIES.split()) | {"united states", "united kingdom"}
STATES = frozenset(_STATES.split())
"""All in lower case."""
ABROAD = {language: frozenset(names.split()) for language, names in _ABROAD.items()}
HAN = regex.compile(r"\L<names>", names=_HAN.split())
"""What finds a country's name in a run of letters without spaces."""
