use super::Size;

#[test]
fn each_size_has_its_own_figure() {
    assert_eq!(Size::Gate.pick(1, 2, 3), 1);
    assert_eq!(Size::Quick.pick(1, 2, 3), 2);
    assert_eq!(Size::Full.pick(1, 2, 3), 3);
}
