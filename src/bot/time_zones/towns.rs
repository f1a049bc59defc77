//! Provinces and towns of Indonesia by their zone, as people type them, without spaces and in lower case.

use chrono_tz::Tz;

/// Sumatra, Java, West and Central Kalimantan.
const WESTERN: &str = "
    wib sumatra sumatera jawa java aceh sumaterautara sumut sumaterabarat sumbar riau kepulauanriau kepri jambi
    sumateraselatan sumsel bengkulu lampung bangkabelitung babel bangka belitung dkijakarta dki jakarta
    jakartapusat jakartautara jakartabarat jakartaselatan jakartatimur jaksel jakbar jaktim jakut jakpus
    jawabarat jabar jawatengah jateng jawatimur jatim banten diyogyakarta diy jogja jogjakarta yogya yogyakarta
    kalimantanbarat kalbar kalimantantengah kalteng jabodetabek westjava centraljava eastjava
    westkalimantan centralkalimantan northsumatra westsumatra southsumatra
    bekasi tangerang tangerangselatan tangsel depok bogor bandung bandungbarat cimahi cianjur sukabumi garut
    tasikmalaya tasik ciamis banjar kuningan cirebon majalengka sumedang indramayu subang purwakarta karawang
    pangandaran serang cilegon lebak rangkasbitung pandeglang surabaya sidoarjo gresik malang batu mojokerto
    jombang kediri blitar tulungagung trenggalek nganjuk madiun magetan ngawi ponorogo pacitan bojonegoro tuban
    lamongan pasuruan probolinggo lumajang jember bondowoso situbondo banyuwangi bangkalan sampang pamekasan
    sumenep madura semarang solo surakarta sukoharjo karanganyar boyolali klaten wonogiri sragen salatiga
    ungaran kendal demak kudus jepara pati rembang blora grobogan purwodadi batang pekalongan pemalang tegal
    brebes slawi purwokerto banyumas cilacap purbalingga banjarnegara kebumen purworejo wonosobo magelang
    temanggung sleman bantul gunungkidul wonosari kulonprogo wates medan deliserdang binjai langkat
    pematangsiantar siantar tebingtinggi simalungun asahan kisaran tanjungbalai labuhanbatu rantauprapat
    padangsidempuan padangsidimpuan sibolga nias gunungsitoli bandaaceh lhokseumawe langsa sabang meulaboh
    padang bukittinggi payakumbuh pariaman solok pekanbaru dumai kampar bengkalis siak batam tanjungpinang
    bintan karimun muarobungo palembang prabumulih lubuklinggau pagaralam banyuasin muaraenim ogankomeringilir
    baturaja bandarlampung metro pringsewu kotabumi pangkalpinang tanjungpandan pontianak singkawang sambas
    ketapang kuburaya sintang sanggau palangkaraya palangkara palangka sampit kotawaringin pangkalanbun
    kualakapuas
";
/// Bali, Nusa Tenggara, Sulawesi and the rest of Kalimantan.
const CENTRAL: &str = "
    wita bali nusatenggarabarat ntb nusatenggaratimur ntt sulawesi sulawesiutara sulut sulawesitengah sulteng
    sulawesiselatan sulsel sulawesitenggara sultra sulawesibarat sulbar gorontalo kalimantanselatan kalsel
    kalimantantimur kaltim kalimantanutara kaltara southsulawesi northsulawesi eastkalimantan southkalimantan
    denpasar badung kuta ubud gianyar tabanan singaraja buleleng klungkung karangasem jembrana negara
    lombok mataram praya selong sumbawa sumbawabesar bima dompu kupang ende maumere sikka flores labuanbajo
    ruteng manggarai waingapu sumba atambua belu makassar ujungpandang gowa sungguminasa maros parepare palopo
    bone watampone bulukumba pinrang sidrap wajo sengkang soppeng jeneponto takalar tanatoraja toraja manado
    bitung tomohon minahasa kotamobagu kendari baubau kolaka konawe wakatobi palu poso donggala luwuk banggai
    parigimoutong tolitoli morowali mamuju polewali majene banjarmasin banjarbaru martapura kotabaru
    tanahlaut pelaihari tanahbumbu batulicin samarinda balikpapan bontang kutai kutaikartanegara tenggarong
    sangatta berau penajam ikn nusantara tarakan nunukan tanjungselor malinau
";
/// Maluku and Papua.
const EASTERN: &str = "
    wit maluku malukuutara malut papua papuabarat papuabaratdaya papuaselatan papuatengah papuapegunungan
    westpapua irian ambon ternate tidore sofifi halmahera tobelo tual langgur masohi seram saumlaki sorong
    rajaampat manokwari fakfak kaimana jayapura sentani merauke timika mimika nabire biak wamena serui
";

/// The zone of a province or town of Indonesia, with or without `kota` or `kabupaten` in front.
pub(super) fn zone_of_town(typed: &str) -> Option<Tz> {
    let lower = typed.to_lowercase();
    let words: Vec<&str> = lower.split(|character: char| !character.is_alphanumeric()).collect();
    let named = match words.as_slice() {
        ["kota" | "kab" | "kabupaten" | "provinsi" | "prov", rest @ ..] if !rest.is_empty() => rest.concat(),
        all => all.concat(),
    };
    let lists = [(WESTERN, Tz::Asia__Jakarta), (CENTRAL, Tz::Asia__Makassar), (EASTERN, Tz::Asia__Jayapura)];
    let (_, zone) = lists.into_iter().find(|(list, _)| list.split_whitespace().any(|town| town == named))?;
    Some(zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_and_provinces_have_their_zone() {
        for (towns, zone) in [
            (
                "Bekasi, Tangerang Selatan, Kota Depok, Kab. Bogor, Sidoarjo, Solo, Surakarta",
                Tz::Asia__Jakarta,
            ),
            ("Pontianak, Palangka Raya, palangkaraya, Sumatera Utara, DKI Jakarta", Tz::Asia__Jakarta),
            ("Banjarmasin, Samarinda, Balikpapan, Denpasar, Mataram, Kupang, NTT", Tz::Asia__Makassar),
            ("Makassar, Manado, Kendari, Palu, Gorontalo, Kalimantan Timur", Tz::Asia__Makassar),
            ("Ambon, Ternate, Sorong, Manokwari, Jayapura, Papua Barat Daya", Tz::Asia__Jayapura),
        ] {
            for town in towns.split(", ") {
                assert_eq!(zone_of_town(town), Some(zone), "{town}");
            }
        }
        assert_eq!(zone_of_town("atlantis"), None);
    }

    #[test]
    fn no_town_is_in_two_zones() {
        let mut towns: Vec<_> =
            [WESTERN, CENTRAL, EASTERN].iter().flat_map(|list| list.split_whitespace()).collect();
        towns.sort_unstable();
        let count = towns.len();
        towns.dedup();
        assert_eq!(towns.len(), count);
    }
}
