"""Money, resources, materials, suppliers (domain.md 2.5 to 2.7)."""

from decimal import Decimal
from typing import Annotated

from mktexec.model.fields import (
    AMOUNT_SCHEMA,
    EMPTY,
    Amount,
    Amounts,
    Day,
    Entry,
    Id,
    Line,
    Person,
    Ref,
    When,
    about,
    required,
    short_for,
)
from mktexec.model.terms import Approval, CostType, Degree, ResourceKind

SupplierRef = Annotated[Id, Ref(("suppliers",))]
TaskRef = Annotated[Id, Ref(("tasks",))]
InitiativeRef = Annotated[Id, Ref(("initiatives",))]


class Payment(Entry):
    """Money spent on a day."""

    amount: Amount = required("amount spent", "支出金额")
    supplier: SupplierRef | None = about("who was paid", "供应商")
    note: Line | None = about("what for", "说明")


Payments = Annotated[dict[Day, Annotated[Payment, short_for("amount", AMOUNT_SCHEMA)]], EMPTY]


class BudgetLine(Entry):
    """One line of the budget table: 预算表 (A3, C)."""

    item: Line = required("what the money is for", "预算项目")
    planned: Amount = required("planned amount", "预算金额")
    initiative: InitiativeRef | None = about("module", "所属模块")
    task: TaskRef | None = about("task", "对应任务")
    type: CostType | None = about("type of cost", "费用类型")
    resource: Annotated[Id, Ref(("resources",))] | None = about("resource it pays for", "对应资源")
    supplier: SupplierRef | None = about("supplier", "供应商")
    owner: Person | None = about("who answers for it", "负责人")
    spent: Payments = about("spending by day", "实际支出", {})
    approval: Approval | None = about("state of approval", "审批状态")
    note: Line | None = about("remark", "备注")


class Budget(Entry):
    """The campaign's budget: 资源预算表 (A3, C)."""

    total: Amount | None = about("total, reserve included", "预算总额（含备用金）")
    reserve: Amount | None = about("reserve for emergencies", "应急资金/备用金")
    drawn: Payments = about("what was drawn from the reserve, by day", "备用金动用", {})
    lines: Annotated[dict[Id, BudgetLine], EMPTY] = about("lines by id", "预算明细", {})


class Resource(Entry):
    """A resource request: 资源需求 (A3, B4)."""

    title: Line = required("what is needed", "需求内容")
    kind: ResourceKind | None = about("kind of resource", "资源类型")
    needed: Amount | None = about("how many are needed", "需求数量")
    available: Amount | None = about("how many are at hand", "现有数量")
    unit: Line | None = about("unit", "单位")
    use: Line | None = about("what for", "用途")
    urgency: Degree | None = about("urgency", "紧急程度")
    owner: Person | None = about("who obtains it", "负责人")
    due: When | None = about("day by which it must be there", "需到位日期")
    initiative: InitiativeRef | None = about("module", "所属模块")
    task: TaskRef | None = about("task", "对应任务")
    approval: Approval | None = about("state of approval", "审批状态")
    note: Line | None = about("remark", "备注")


class Material(Entry):
    """One row of the materials list: 物料需求清单 (C)."""

    title: Line = required("name", "物料名称")
    spec: Line | None = about("specification", "规格")
    quantity: Amount | None = about("quantity", "数量")
    unit: Line | None = about("unit", "单位")
    delivery: When | None = about("day of delivery", "交付日期")
    delivered: Day | None = about("day on which it arrived", "实际到货")
    supplier: SupplierRef | None = about("supplier", "供应商")
    task: TaskRef | None = about("task it is for", "对应任务")
    owner: Person | None = about("who orders it", "负责人")
    note: Line | None = about("remark", "备注")


class Evaluation(Entry):
    """How a supplier did: 供应商评价 (C)."""

    scores: Annotated[dict[Line, Amount], EMPTY] = about(
        "scores by criterion, e.g. service quality, response speed", "各项评分", {}
    )
    date: Day | None = about("day of the evaluation", "评价日期")
    by: Person | None = about("who evaluated", "评价人")
    note: Line | None = about("remark", "评语")


class Settlement(Entry):
    """The cost settled with a supplier at the close: 费用结算 (C)."""

    agreed: Amount | None = about("agreed amount", "合同金额")
    settled: Amount | None = about("amount settled", "结算金额")
    date: Day | None = about("day of the settlement", "结算日期")
    note: Line | None = about("remark", "备注")


class Supplier(Entry):
    """One row of the supplier sheet: 供应商对接表 (C)."""

    title: Line = required("name", "供应商名称")
    service: Line | None = about("what they deliver", "服务内容")
    contact: Line | None = about("contact", "联系人/联系方式")
    acceptance: Line | None = about("acceptance criteria", "验收标准")
    owner: Person | None = about("who deals with them", "对接人")
    evaluation: Evaluation | None = about("evaluation afterwards", "供应商评价")
    settlement: Settlement | None = about("settlement at the close", "费用结算")
    note: Line | None = about("remark", "备注")


__all__ = ["Amounts", "Budget", "BudgetLine", "Decimal", "Material", "Payment", "Resource", "Supplier"]
