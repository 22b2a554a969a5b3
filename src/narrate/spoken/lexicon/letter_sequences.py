"""Usual letter sequences; written by tools/letter_sequences.py."""

from __future__ import annotations

# fmt: off
PACKED = {
    "de": """
_abcfklmnprsu _baeiloruöü _caho _daeioruü _ebcfhilmnrstuvwx _faeiloruäü _gaeiloruü
_haeiouäö _idhmnrt _jaeuä _kaeilnoruäöü _laeiouäöü _maeiouäöü _naeiouäöü _obfhkrs
_paefhloruü _qu _raeiouü _sacehioptuyzü _taehioruäü _ufhmnr _vaeioö _waeiouäöü _zaeiuwäö
_ähr _öfkls _üb aart abeglrst achk ad_eitu afefrt ag_et ah_elmnr ai_ aktz al_bdeilstz
am_aeikmst an_abcdfghiklnstuwz apiru ar_abefkmnstzü as_ceist at_eilstuzü
au_bcefglmnprstß ay_ azu aß_en bachlnrsu be_adefghiklmnoqrstvwz bge bielnst blaei bni
bodrt braeiu bsacit bt_e bucnr bwo bzei bäu bör bühr ce_ ch_abdefgiklmnorstuwzäöü ck_et
com dacdghmnrtuz dch ddr de_ceilmnorstuz dfü dhe diacegnorst dliu dneiu docnpr draeiouü
ds_ei dt_ duklmnrs dvi dwo dzw dünr eaclmt eb_eilnortuzä echk ed_aeilou ee_ilr
ef_aefiotäü eg_eilrtu ehabelmnrtuö ei_bcdefghlmnstuzß ekaot el_bdefilnt em_abdeilopü
en_abdeghiknstuwzöü eo_brs epptä equ er_abdefghiklmnprstuwzäöü es_cehioprstu et_ehortwz
eu_cdegmnrt evoö ewaeiuö ex_pt ezaei eß_el fachlmnrsu fba fe_befhilnrsu ff_ein fga fhuö
figlnrsz flaeiuäü fme fnaeu foklnrt fraeioü fst ft_aeilrw funrß fzei fähl füghlnr gabnrs
ge_bdefghiklmnoprstwz gfä gha gienst gke glaeioü gneiü got graeiouü gs_at gt_ae gunrst
gze güln haabdflnrtu hbau hde he_abfhilmnru hfr hge hiceflmns hke hl_aeiotuü hm_aeitu
hn_ehilotu hocflnrs hr_ehilstuz hs_cetu ht_behilsuz hulnst hwaei hys hzei häflnt höhnr
hüt ial ibet icehk id_ei ie_bcdfghlmnrstß ifef ig_eiknstu iheru ik_aeu il_cdeilmnstu
im_amp in_adefghiklmnorstuvwz io_nr ir_cegkmtu is_acehikpst it_aegirstuzä iun iv_ae
iz_ei iß_ei jahn jedmtw jugln jäh ka_flmnprtu kba ke_hilnr kinr klaeiuä kni kochmnops
kraei ks_a kt_eiloru kuhlmnrs kze käm könr küns lacdfgnrstu lb_aes lch ld_aeu
le_bcdefghikmnrstux lf_et lg_e li_cegkmnstz lk_e ll_egiostu lm_e ln_e lobcgks ls_ct
lt_aeimnsu lucfgnst lz_ läcnrsu löfst lücgs ma_cilnrstuxß mbe md_ me_cdehilnrs mge
mielnst mke mli mm_etu modknr mpflou msaot mt_e munst mwe mädr mög müdhst nabchlmnstu
nbaeil nceh nd_adefhilnsuvwz ne_behilmnrstu nf_ahlortuzü ng_elrstu nhaeu ni_cegkmorstv
nk_berstü nlai nmai nn_aeiot no_clmprtv nri ns_abcekpt nt_adefhilnrstw nuaimnrt nve
nwaeo nz_aeiltw nächm nöt nügnt ob_aelsw ochk od_eu of_fot ogaeir oh_elnr okaertu
ol_degiklouz om_aeimp on_adenostz oop opaefopu or_bdefghiklmstz os_isty ot_otwz ovae
ozei oß_e pa_acnpruß pe_lr pf_eilu phyä piet plaeioö poklpr ppe praeiouäü pt_ae publnt
päct pünr quae ra_bcdfghklmnpstuß rb_aeirsu rch rd_ein re_acdfghikmnprstuv rf_aeloü
rg_aefilnr rhaeiouäö ricefgklnstv rk_aelostuz rlaeiä rm_aeiu rn_esuü ro_bcdghlmptzß rper
rraeisü rs_aceioptu rt_adefilnrstvz ruacdfhmnprs rwaeä rz_aefitä räcnst röf rübcfhnß
sa_cglmtu sbei sch sdr se_cehilnprtu sfo sgae shae sicdegknost skou sla sma so_fghlmnrz
spaeiloräü sre ss_aceilt st_aeiloruäöü sucn swiä sys sze säct südß taacdglmnrstu tbae
tder te_acghilmnrstux tfeioü tgl thaeiou tiegklmnostv tlaei tme tnei to_bcdlmnrß traeiou
ts_aceimptä tt_abefwä tuacdefhmnr tvi twaeiou tz_egiltuw tägnrtu tör tücrt ualrt ub_el
uchk udei uelmnr uf_abeghilmnrt ug_ehiuz uh_elrö ui_e uktu ul_deitä um_gimsw
un_bdefghiklmstuzä uppt ur_cefhilmostzü us_abcdefgilpstwzä ut_eilostz uve uß_e vat
ve_mrs vider voglnr völ wa_cfghlnrs wecgilnrst wicdeglmnrst wo_chlr wunrs wäh wöchl würt
xpel xt_ ysit zahr ze_hilmnprsu zfi zge ziacegm zlei zt_ei zu_fghklmnrsv zwaeiö zäh zög
züg ße_nr ßig ßli ßna ächk ädc äft ägl ähelnr älflt ämlp ändgo är_ekmz äseis ät_eiz
äudfs öch öff ögel öhen öko öl_fkl ön_in ördepst öset ötiz übelru ück üde üfe ügelt
üh_elmnr üllt ün_dfgkns ür_cdefglo üsst ütelz üß_e
""",
    "en": """
_abcdfghlmnprstuvw _baeiloruy _caehilopru _daeioru _eacdfilmnpqrsuvx _faeiloru _gaeiloru
_haeiotuy _icdmnst _jaou _kein _laeiou _madeiouy _naeiou _obcdfiklmnprtuvw _paehiloruy
_qu _raeiou _sacehiklmopqtuy _taehioruwy _unprst _vaeio _waehior _yaeo _ze abiloy
ac_cehkrt ad_acdeimsuvy afefrt ag_aeir ah_e aidglmnrst ajo ak_es al_efgiklmorstuwy
am_aeiops an_acdegiknostuy ap_aehioprst ar_abcdegiklmnorsty as_cehikostuy at_acefhimostu
audglnst avaeioy aw_any ax_i ay_bes azei babclnrst be_acdfghlnrsty bialt bje bleioy
boadlortuv braeiou bs_ bt_ budfist by_t ca_dlmnprstu cceou ce_bdilmnprs ch_aeinou
ciadeflpstv ck_aelps claeiou co_adgilmnpqrsuv craeio cs_ ct_eilosu cublprst cy_
dailrstuy dca dd_elr de_abcdefglmnoprstv dfi dge diacdefgmnorstv dley dmi dne doclmnotuw
draeiou ds_t dth duaclrs dy_ ea_cdhklmnprstuv eb_aeor ec_aehikotu ed_eginsu
ee_cdklmnprst efefilou eg_aeiory ehai eignrtv ek_ el_adefilopsvy em_abeiops
en_acdegijlostv eo_npru ep_aeilorst equ er_acefghilmnorstvy es_acdeiopstu et_acehirstuwy
eur evei ew_s ex_aceiptu ey_o facilmrstu fe_abcdenrst ff_eio fi_cefglnrstv flaeioy
foclnoru fraeio ft_ehw fulnst fy_ gabilmnprz ge_dmnrst gge gh_ost gignorstv glaeio gn_io
goaorv graeo gs_ guaeirs gy_ haiklnprstv he_acdeilmnorst hicdglmnprst hm_ hno
ho_dilmnoprstuw hreo hs_ ht_ehst hubgmnrs hy_ps ia_bglnst ib_eilrsu ic_aehiklortuy
id_adeisu ie_cdlnrstvw ifefituy ig_aehinu ikei il_adeilmosuy im_aeipsu
in_acdefgiklnpstuv io_dlnru ip_aepst ir_delmost is_cehikopst it_acehilorstuy ium ivaei
ixt izae jan jec jobiry jpe judlmns kagy ke_delnrsty kilnpt kly kneo kpo ks_
labcinrstuwy ld_eis le_acdgmnrstv lf_ lgo li_bcdefgkmnopstvz lk_s ll_aeiosy lm_o
loabcgmnoprsuvwy lp_ lre ls_eo lt_hisuy ludemrst lve lwa ly_s macgijklnprstxyz mbeo mdi
me_abdegmnorst micdglnst ml_i mmaeiou mocdmnrstuv mp_aelortuy ms_e muclmns my_s
na_glmnrt ncehilorty nd_aefiorsu ne_acdeflmrstvwxy nfeio ng_eilsu ni_cfgmnostz njo nk_s
nlioy nme nneiox noilmnrtuvw npau nqu ns_ehiloptuw nt_aehilorsuy nuaemt nveio ny_b
oacdlr ob_aejlo ocaceikortu od_acdeiuy oes of_efit ogenrsy oicdlns oje ok_aes
ol_deilosuv om_aeilmpy on_acdefgilmnoqstv oodklmnprst op_eilmpstuy or_acdegiklmnrstwy
os_eipstu ot_aehiot oubdglnprst ovaei ow_aelnst ox_ir oy_e pacginprstu pe_acdegnorst
ph_aeioy picelnpst plaeiouy pme podiklnoprsuw ppeilory praeio ps_ pt_ehi publrst py_dprt
quaeio ra_cdgilmnprtvwy rbo rcehi rd_aeis re_acdefgilmnpqstv rfao rg_aeuy rha
riabcdeglmnopstv rk_es rl_dy rm_aei rn_aeims ro_abcdfgjlmnoprstuvwx rpo rraeioy
rs_cdehiot rt_aehinosuyz ruaceglnpst rvei rwa ry_ safgilmnrtvy sba scaehioru sda
se_acdelmnprstvx sfu sh_aeio siabcdglmnostxz sk_is slao smai so_cdflmnorux spaeilor squ
ss_aefiopu st_aeimorsuy suabcdefglmnprs swe sy_mns ta_bcfgiklnrsty tcho te_acdeglmnprsvx
tfo th_aeimorsu ti_ceflmnorstvz tley tme tne to_bcdgkmnoprtuw tp_ traeiouy ts_ei
ttaeilopsy tuadefnprt twaeo ty_lp tz_ uaglnrt ub_jlt ucacehkt uddegiy ue_rs uff ug_eghu
ui_cdelrt ul_adelty um_abemps uncdeginpt uot up_elopt ur_abcdefilnoprsty us_abehistu
ut_ehiostu vailrt ve_adlmnrs vicdelnorst voiltw vy_ wailnrty we_abdeilnrsv whaeioy
widfnst wle wn_el womnru wrio ws_p wth wye xacm xcl xec xims xpelo xr_ xt_e xua yar ybeo
yeaers yle ymb ynt yonu ypeh yri ys_eit yteh zat ze_dnr zin zon
""",
}
# fmt: on
"""Language → groups: two letters (``_``: the edge of a word), then each third."""
